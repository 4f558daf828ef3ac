import { tfjsNetwork } from "./network-tfjs.ts";

export const setup = tfjsNetwork("wasm");
