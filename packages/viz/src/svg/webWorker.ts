// Graphviz in a worker of a browser: started by webThread.ts.
import { instance } from "@viz-js/viz";
import { drawer } from "./graphviz.ts";

const draw = drawer(instance);
addEventListener("message", async ({ data }: MessageEvent<string>) => postMessage(await draw(data)));
postMessage("ready");
