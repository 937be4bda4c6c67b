import { EmbeddedGateway } from "../embedded/embedded-gateway.ts";
export class RemoteGateway extends EmbeddedGateway {
  constructor(_a: object) {
    super("", {} as never);
  }
}
