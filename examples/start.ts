// The main job, `npm start`. What is wrong with the options is said before anything else is loaded.
import { readOptions } from "./options.ts";

// A reader that stops early, such as head, is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

const options = readOptions(process.argv);
if (options.serve) {
  const { serve } = await import("./serve/serve.ts");
  process.exit(await serve(options));
}
const { trainAndDraw } = await import("./train.ts");
await trainAndDraw(options);
