import type { RenderOptions, Viz } from "@viz-js/viz";
import { countLost } from "./lost.ts";

/** What became of DOT: raw SVG, or why there is none. */
export type Drawn =
  | { readonly svg: string }
  /** `lost` says how many nodes and edges the layout has lost, of DOT that can be read. */
  | { readonly errors: readonly string[]; readonly lost?: number }
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
      return draw(viz, dot);
    } catch (error) {
      graphviz = undefined;
      return { trap: String(error) };
    }
  };
}

/**
 * Between frames that lead back into one another Graphviz may lose edges, and says so without failing: it then ranks
 * all nodes together, and at last leaves the frames out.
 */
const ATTEMPTS: readonly NonNullable<RenderOptions["graphAttributes"]>[] = [
  {},
  { newrank: true },
  { clusterrank: "none" },
];

function draw(viz: Viz, dot: string): Drawn {
  let lost = 0;
  for (const graphAttributes of ATTEMPTS) {
    const { status, output, errors } = viz.render(dot, { format: "svg", graphAttributes });
    const faults = errors.filter(({ level }) => level === "error").map(({ message }) => message);
    if (status !== "success") return { errors: errors.map(({ message }) => message) };
    lost = countLost(dot, output, faults);
    if (lost === 0 && !faults.some((fault) => fault.includes("init_rank"))) return { svg: output };
  }
  return { errors: [`the layout loses ${lost} nodes or edges`], lost };
}
