import { describeConformance } from "@orchestrate/sdk/testing";
import { it } from "vitest";
import monotonic from "../replay/monotonic.ts";
import { timerKit } from "./timer-kit.ts";

it("the machine's clock passes the kit of timers", () => describeConformance(monotonic, { kit: timerKit }));
