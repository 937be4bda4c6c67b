export class PostgresqlGateway {
  static async open(_a: object, _b: object): Promise<never> {
    throw new Error("no");
  }
}
