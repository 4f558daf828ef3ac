import { toPng } from "@chainrule/viz";
import { plainText } from "../mime.ts";
import type { Display, Output } from "../output.ts";
import { linesOf } from "./linesOf.ts";
import type { DisplayMetadata, NotebookOutput } from "./nbformat.ts";

/** An output as nbformat has it. Of pictures there is SVG and, as GitHub draws that badly, PNG. */
export async function notebookOutput(output: Output): Promise<NotebookOutput> {
  switch (output.kind) {
    case "stream":
      return { name: output.name, output_type: "stream", text: linesOf(output.text) };
    case "failure": {
      const { name, message, trace } = output;
      return {
        ename: name,
        evalue: message,
        output_type: "error",
        traceback: [`${name}: ${message}`, ...trace],
      };
    }
    case "display":
      return await displayOutput(output);
  }
}

async function displayOutput({ data, description, measured }: Display): Promise<NotebookOutput> {
  const shown: Record<string, string | readonly string[]> = {};
  for (const [type, content] of Object.entries(data)) {
    // Pages step through graphs by scripts, which notebooks and GitHub leave out.
    if (type !== "text/html") shown[type] = type === "image/png" ? content : linesOf(content);
  }
  const svg = data["image/svg+xml"];
  if (svg !== undefined && data["image/png"] === undefined) {
    shown["image/png"] = Buffer.from(await toPng(svg)).toString("base64");
  }
  const metadata: DisplayMetadata = {
    ...(measured && { measured }),
    ...(shown["image/png"] !== undefined && { "image/png": { alt: description } }),
    ...(shown["image/svg+xml"] !== undefined && { "image/svg+xml": { alt: description } }),
  };
  shown["text/plain"] = linesOf(plainText(data, description));
  return { data: shown, metadata, output_type: "display_data" };
}
