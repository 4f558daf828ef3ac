import type { Viz } from "@viz-js/viz";

/** What became of DOT: raw SVG, or why there is none. */
export type Drawn =
  | { readonly svg: string }
  | { readonly errors: readonly string[] }
  /** WebAssembly has trapped and may have lost its stack: this Graphviz must not be used again. */
  | { readonly trap: string };

/** Graphviz on a thread beside this. It draws one picture at a time. */
export interface LayoutThread {
  /** Lays out DOT; gives a trap if the thread ends on the way. */
  draw(dot: string): Promise<Drawn>;
  /** False once it has ended by itself. */
  isAlive(): boolean;
  end(): void;
}

/**
 * What lays out DOT on this thread, with a Graphviz that is started on first use, and anew after it has trapped.
 *
 * @param start - starts Graphviz: `instance` of @viz-js/viz
 */
export function drawer(start: () => Promise<Viz>): (dot: string) => Promise<Drawn> {
  let graphviz: Promise<Viz> | undefined;
  return async (dot) => {
    let viz: Viz;
    try {
      graphviz ??= start();
      viz = await graphviz;
    } catch (error) {
      graphviz = undefined;
      return { trap: `it cannot be started: ${error}` };
    }
    try {
      const result = viz.render(dot, { format: "svg" });
      if (result.status === "success") return { svg: result.output };
      return { errors: result.errors.map(({ message }) => message) };
    } catch (error) {
      graphviz = undefined;
      return { trap: String(error) };
    }
  };
}
