import type { Value } from "../value.ts";
import { type Needed, neededFor, partOf } from "./needed.ts";
import { type Column, type Id, type Loop, loopNumberOf, operandsOf, type Program } from "./program.ts";
import { pathsIn } from "./shape.ts";
import type { Specialisation } from "./specialisation.ts";
import { loopOf, type Structure, structureOf } from "./structure.ts";

/**
 * A program as DOT: a node for each operation with its sign, inputs and results by their path, and for each loop a box
 * that says how many rows it goes over, with what it reads of each row, what it hands from row to row (carries), what it
 * adds up (Σ) and what it keeps of each row. What the results do not need is left out.
 */
export function programToDot({ build, shapes, captured, result, targets }: Specialisation): string {
  const inputs = [
    ...shapes.flatMap((shape, i) => pathsIn(shape, `argument ${i + 1}`)),
    ...captured.map(nameOf),
  ];
  const results =
    targets.length > 0
      ? ["result", ...targets.map((leaf, i) => `∂result/∂${nameOf(leaf, i)}`)]
      : pathsIn(result, "result");
  return new ProgramDrawing(build.program, inputs, results).draw();
}

const nameOf = ({ label }: Value, i: number) => label ?? `captured ${i + 1}`;

const FONT = "Helvetica,Arial,DejaVu Sans,sans-serif";
/** Columns and results that stand for more than this many are drawn by the first and the last. */
const SHOWN = 3;

class ProgramDrawing {
  readonly #program: Program;
  readonly #inputs: readonly string[];
  readonly #results: readonly string[];
  readonly #structure: Structure;
  readonly #needed: Needed;
  readonly #lines: string[] = [];
  /** Written outside of all boxes: an edge in a box would draw both its ends into it. */
  readonly #edges: string[] = [];
  #numbers = 0;

  constructor(program: Program, inputs: readonly string[], results: readonly string[]) {
    this.#program = program;
    this.#structure = structureOf(program);
    this.#needed = neededFor(program, this.#structure);
    this.#inputs = inputs;
    this.#results = results;
  }

  draw(): string {
    this.#drawBody(this.#program.body, undefined, "  ");
    this.#drawResults();
    return [
      "digraph program {",
      `  graph [rankdir=LR, ordering=in, nodesep=0.2, ranksep=0.4, fontname=${quote(FONT)}, fontsize=11]`,
      `  node [shape=box, style=rounded, fontname=${quote(FONT)}, fontsize=11, height=0.3, width=0.4, margin="0.1,0.05"]`,
      `  edge [fontname=${quote(FONT)}, fontsize=10, arrowsize=0.6, color="#57606a"]`,
      ...this.#lines,
      ...this.#edges,
      "}",
      "",
    ].join("\n");
  }

  #drawBody(body: readonly Id[], loop: number | undefined, indent: string): void {
    const { codes, immediates } = this.#program;
    for (const id of body) {
      if (!this.#needed.ids.has(id)) continue;
      const code = codes[id]!;
      if (typeof code === "object") {
        this.#lines.push(`${indent}n${id} [label=${quote(code.symbol)}]`);
        for (const operand of operandsOf(this.#program, id)) {
          this.#connect(operand, `n${id}`, indent);
        }
      } else if (code === "input") {
        this.#lines.push(leaf(indent, `n${id}`, this.#inputs[immediates[id]!]!));
      } else if (code === "column") {
        this.#lines.push(
          leaf(indent, `n${id}`, this.#columnLabel(this.#program.loops[loop!]!, immediates[id]!)),
        );
        this.#drawColumn(this.#program.loops[loop!]!.columns[immediates[id]!]!, id, indent);
      } else if (code === "loop") this.#drawLoop(immediates[id]!, indent);
    }
  }

  #drawLoop(index: number, indent: string): void {
    const loop = this.#program.loops[index]!;
    const inner = `${indent}  `;
    const order = loop.reversed && loop.nexts.length > 0 ? ", last to first" : "";
    const label = quote(`${loop.count} rows${order}`);
    this.#lines.push(
      `${indent}subgraph cluster_${index} {`,
      `${inner}graph [label=${label}, style="rounded,filled", color="#8c959f", fillcolor="#0000000a"]`,
    );
    this.#drawBody(loop.body, index, inner);
    loop.nexts.forEach((next, i) => {
      const node = partOf("carry", index, i);
      if (!this.#needed.parts.has(node)) return;
      this.#lines.push(`${inner}${node} [label=${quote(`carry ${i + 1}`)}, style="rounded,bold"]`);
      this.#connect(loop.inits[i]!, node, inner, `label="first"`);
      this.#connect(next, node, inner, `label="next"`, "style=dashed", "constraint=false");
    });
    loop.sums.forEach((id, i) => {
      const node = partOf("sum", index, i);
      if (!this.#needed.parts.has(node)) return;
      this.#lines.push(`${inner}${node} [label="Σ", style="rounded,bold"]`);
      this.#connect(id, node, inner);
    });
    loop.stacks.forEach((id, i) => {
      const node = partOf("stack", index, i);
      if (!this.#needed.parts.has(node)) return;
      this.#lines.push(`${inner}${node} [label="each row", style="rounded,bold"]`);
      this.#connect(id, node, inner);
    });
    this.#lines.push(`${indent}}`);
  }

  #columnLabel({ columns, count }: Loop, index: number): string {
    const column = columns[index]!;
    switch (column.kind) {
      case "inputs": {
        const { first, stride } = column;
        return fromTo(Array.from({ length: count }, (_, row) => this.#inputs[first + row * stride]!));
      }
      case "constants":
        return fromTo(Array.from(column.numbers, shown));
      case "list":
        return `1 of ${column.ids.length}`;
      case "stack":
        return "its row";
    }
  }

  #drawColumn(column: Column, id: Id, indent: string): void {
    if (column.kind === "stack") {
      this.#edges.push(edge(partOf("stack", column.loop, column.stack), `n${id}`, []));
    }
    if (column.kind !== "list") return;
    const { ids } = column;
    const rows = ids.length > SHOWN ? [0, ids.length - 1] : ids.keys();
    for (const row of rows) this.#connect(ids[row]!, `n${id}`, indent, `label="row ${row}"`);
  }

  /** An edge from a result. A constant is a node of its own each time. */
  #connect(from: Id, to: string, indent: string, ...attributes: readonly string[]): void {
    const { codes, immediates } = this.#program;
    if (codes[from] !== "constant") {
      const labelled = attributes.length > 0 ? attributes : this.#rowOf(from);
      this.#edges.push(edge(this.#nodeOf(from), to, labelled));
      return;
    }
    const node = `number${this.#numbers++}`;
    const label = quote(shown(immediates[from]!));
    this.#lines.push(`${indent}${node} [label=${label}, style=dashed, fontsize=10]`);
    this.#edges.push(edge(node, to, attributes));
  }

  /** The node that a result comes from. */
  #nodeOf(id: Id): string {
    const { codes, immediates, seconds } = this.#program;
    const index = immediates[id]!;
    switch (codes[id]) {
      case "carry":
        return partOf("carry", loopOf(this.#structure.bodyOf[id]!), index);
      case "final":
        return partOf("carry", loopNumberOf(this.#program, id), index);
      case "sum":
        return partOf("sum", loopNumberOf(this.#program, id), index);
      case "element":
        return partOf("stack", loopNumberOf(this.#program, id), seconds[id]!);
      default:
        return `n${id}`;
    }
  }

  #rowOf(id: Id): string[] {
    const { codes, immediates } = this.#program;
    if (codes[id] === "element") return [`label="row ${immediates[id]}"`];
    return codes[id] === "final" ? [`label="last"`] : [];
  }

  /** A node for each result, and one for those that a loop makes row by row. */
  #drawResults(): void {
    const { outputs, codes } = this.#program;
    for (let from = 0, to = 0; from < outputs.length; from = to) {
      const node = this.#nodeOf(outputs[from]!);
      const isNext = () =>
        to < outputs.length && codes[outputs[to]!] === "element" && this.#nodeOf(outputs[to]!) === node;
      for (to = from + 1; codes[outputs[from]!] === "element" && isNext(); ) to++;
      this.#lines.push(leaf("  ", `result${from}`, fromTo(this.#results.slice(from, to))));
      if (to === from + 1) this.#connect(outputs[from]!, `result${from}`, "  ");
      else this.#edges.push(edge(node, `result${from}`, []));
    }
  }
}

function leaf(indent: string, node: string, label: string): string {
  return `${indent}${node} [label=${quote(label)}, style=filled, fillcolor="#f6f8fa"]`;
}

function edge(from: string, to: string, attributes: readonly string[]): string {
  return `  ${from} -> ${to}${attributes.length === 0 ? "" : ` [${attributes.join(", ")}]`}`;
}

/** A number as text; −0 too. */
const shown = (x: number) => (Object.is(x, -0) ? "-0" : String(x));

function fromTo(names: readonly string[]): string {
  if (names.every((name) => name === names[0])) return names[0] ?? "";
  return names.length > SHOWN ? `${names[0]} … ${names.at(-1)}` : names.join(", ");
}

const LONGEST = 80;

/** A DOT string that shows this text as it is, on one line. */
function quote(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  const line = Array.from(short, (c) => (c < " " || c === "\x7f" ? " " : c)).join("");
  return `"${line.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("&", "&amp;")}"`;
}
