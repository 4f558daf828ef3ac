// Graphviz on a thread of its own: started by layoutThread.ts, which can end it when a layout takes too long.
import { parentPort } from "node:worker_threads";
import { draw } from "./graphviz.ts";

parentPort?.on("message", async (dot: string) => parentPort?.postMessage(await draw(dot)));
parentPort?.postMessage("ready");
