import type { Viz } from "@viz-js/viz";

/** What became of DOT: raw SVG, or why there is none. */
export type Drawn =
  | { readonly svg: string }
  | { readonly errors: readonly string[] }
  /** WebAssembly has trapped and may have lost its stack: this Graphviz must not be used again. */
  | { readonly trap: string };

let graphviz: Promise<Viz> | undefined;

/** Lays out DOT with the Graphviz that is built in, started on first use, on this thread. */
export async function draw(dot: string): Promise<Drawn> {
  graphviz ??= import("@viz-js/viz").then(({ instance }) => instance());
  const viz = await graphviz;
  try {
    const result = viz.render(dot, { format: "svg" });
    if (result.status === "success") return { svg: result.output };
    return { errors: result.errors.map(({ message }) => message) };
  } catch (error) {
    graphviz = undefined;
    return { trap: String(error) };
  }
}
