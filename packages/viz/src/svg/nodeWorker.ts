// Graphviz on a thread of Node: started by nodeThread.ts.
import { parentPort } from "node:worker_threads";
import { instance } from "@viz-js/viz";
import { drawer } from "./graphviz.ts";

// Graphviz writes notes on its search for routes there, which are nothing to whoever wants a picture.
process.stderr.write = () => true;

const draw = drawer(instance);
parentPort?.on("message", async (dot: string) => parentPort?.postMessage(await draw(dot)));
parentPort?.postMessage("ready");
