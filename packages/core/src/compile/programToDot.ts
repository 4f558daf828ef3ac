import { inputNames } from "./inputNames.ts";
import type { Column, Id, Loop, Program } from "./program.ts";
import type { Specialisation } from "./specialisation.ts";

/**
 * A program as DOT: a node for each operation with its sign, inputs and results by their path, and for each loop a box
 * that says how many rows it goes over, with what it reads of each row, what it hands from row to row (carries), what it
 * adds up (Σ) and what it keeps of each row. What the results do not need is left out.
 */
export function programToDot({ build, shapes, captured, result }: Specialisation): string {
  const names = inputNames(shapes, captured);
  const [resultNames] = [inputNames([result], []).map((name) => name.replace("argument 1", "result"))];
  return new ProgramDrawing(build.program, names, resultNames).draw();
}

const FONT = "Helvetica,Arial,DejaVu Sans,sans-serif";
/** Columns and results that stand for more than this many are drawn by the first and the last. */
const SHOWN = 3;

class ProgramDrawing {
  readonly #program: Program;
  readonly #inputs: readonly string[];
  readonly #results: readonly string[];
  /** What the results need: instructions; and parts of loops by their node names. */
  readonly #needed = new Set<Id>();
  readonly #parts = new Set<string>();
  readonly #edges: string[] = [];
  #numbers = 0;

  constructor(program: Program, inputs: readonly string[], results: readonly string[]) {
    this.#program = program;
    this.#inputs = inputs;
    this.#results = results;
  }

  draw(): string {
    this.#findNeeded();
    const body = this.#drawBody(this.#program.body, undefined, "  ");
    const results = this.#drawResults();
    return [
      "digraph program {",
      `  graph [rankdir=LR, ordering=in, nodesep=0.2, ranksep=0.4, fontname=${quote(FONT)}, fontsize=11]`,
      `  node [shape=box, style=rounded, fontname=${quote(FONT)}, fontsize=11, height=0.3, width=0.4, margin="0.1,0.05"]`,
      `  edge [fontname=${quote(FONT)}, fontsize=10, arrowsize=0.6, color="#57606a"]`,
      ...body,
      ...results,
      ...this.#edges,
      "}",
      "",
    ].join("\n");
  }

  /** Goes from the results to what they need. */
  #findNeeded(): void {
    const { codes, operands, starts, immediates, seconds, loops, outputs } = this.#program;
    const open = [...outputs];
    const loopOf = new Map<Id, number>();
    loops.forEach((loop, index) => {
      for (const id of loop.body) loopOf.set(id, index);
    });
    const needPart = (part: string, ...ids: readonly Id[]) => {
      if (this.#parts.has(part)) return;
      this.#parts.add(part);
      open.push(...ids);
    };
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (this.#needed.has(id)) continue;
      this.#needed.add(id);
      const code = codes[id]!;
      const part = immediates[id]!;
      const inside = loopOf.get(id)!;
      if (code === "sum" || code === "final" || code === "element") {
        const run = operands[starts[id]!]!;
        const index = immediates[run]!;
        const loop = loops[index]!;
        open.push(run);
        if (code === "sum") needPart(sumNode(index, part), loop.sums[part]!);
        else if (code === "final") needPart(carryNode(index, part), loop.inits[part]!, loop.nexts[part]!);
        else needPart(stackNode(index, seconds[id]!), loop.stacks[seconds[id]!]!);
      } else if (code === "carry") {
        const { inits, nexts } = loops[inside]!;
        needPart(carryNode(inside, part), inits[part]!, nexts[part]!);
      } else if (code === "column") {
        const column = loops[inside]!.columns[part]!;
        if (column.kind === "list") open.push(...column.ids);
        if (column.kind === "stack") {
          const kept = loops[column.loop]!.stacks[column.stack]!;
          needPart(stackNode(column.loop, column.stack), kept);
          open.push(this.#runOf(column.loop));
        }
      } else if (typeof code === "object") {
        for (let at = starts[id]!; at < starts[id + 1]!; at++) open.push(operands[at]!);
      }
    }
  }

  #runOf(loop: number): Id {
    const { codes, immediates } = this.#program;
    return codes.findIndex((code, id) => code === "loop" && immediates[id] === loop);
  }

  #drawBody(body: readonly Id[], loop: number | undefined, indent: string): string[] {
    const { codes, immediates } = this.#program;
    const lines: string[] = [];
    for (const id of body) {
      if (!this.#needed.has(id)) continue;
      const code = codes[id]!;
      if (typeof code === "object") {
        lines.push(`${indent}n${id} [label=${quote(code.symbol)}]`);
        this.#drawOperands(id);
      } else if (code === "input") {
        lines.push(leaf(indent, `n${id}`, this.#inputs[immediates[id]!]!));
      } else if (code === "column") {
        lines.push(leaf(indent, `n${id}`, this.#columnLabel(this.#program.loops[loop!]!, immediates[id]!)));
        this.#drawColumn(this.#program.loops[loop!]!.columns[immediates[id]!]!, id);
      } else if (code === "loop") lines.push(...this.#drawLoop(immediates[id]!, indent));
    }
    return lines;
  }

  #drawLoop(index: number, indent: string): string[] {
    const loop = this.#program.loops[index]!;
    const inner = `${indent}  `;
    const order = loop.reversed && loop.nexts.length > 0 ? ", last to first" : "";
    const lines = [
      `${indent}subgraph cluster_${index} {`,
      `${inner}graph [label=${quote(`${loop.count} rows${order}`)}, style="rounded,filled", color="#8c959f", fillcolor="#0000000a"]`,
      ...this.#drawBody(loop.body, index, inner),
    ];
    loop.nexts.forEach((next, i) => {
      const node = carryNode(index, i);
      if (!this.#parts.has(node)) return;
      lines.push(`${inner}${node} [label=${quote(`carry ${i + 1}`)}, style="rounded,bold"]`);
      this.#edges.push(...this.#edge(loop.inits[i]!, node, `label="first"`));
      this.#edges.push(...this.#edge(next, node, `label="next", style=dashed, constraint=false`));
    });
    loop.sums.forEach((id, i) => {
      const node = sumNode(index, i);
      if (!this.#parts.has(node)) return;
      lines.push(`${inner}${node} [label="Σ", style="rounded,bold"]`);
      this.#edges.push(...this.#edge(id, node));
    });
    loop.stacks.forEach((id, i) => {
      const node = stackNode(index, i);
      if (!this.#parts.has(node)) return;
      lines.push(`${inner}${node} [label="each row", style="rounded,bold"]`);
      this.#edges.push(...this.#edge(id, node));
    });
    lines.push(`${indent}}`);
    return lines;
  }

  #drawOperands(id: Id): void {
    const { starts, operands } = this.#program;
    for (let at = starts[id]!; at < starts[id + 1]!; at++) {
      this.#edges.push(...this.#edge(operands[at]!, `n${id}`));
    }
  }

  #columnLabel({ columns, count }: Loop, index: number): string {
    const column = columns[index]!;
    switch (column.kind) {
      case "inputs": {
        const { first, stride } = column;
        return fromTo(Array.from({ length: count }, (_, row) => this.#inputs[first + row * stride]!));
      }
      case "constants":
        return fromTo(Array.from(column.numbers, String));
      case "list":
        return `1 of ${column.ids.length}`;
      case "stack":
        return "its row";
    }
  }

  #drawColumn(column: Column, id: Id): void {
    if (column.kind === "stack") {
      this.#edges.push(`  ${stackNode(column.loop, column.stack)} -> n${id}`);
    } else if (column.kind === "list") {
      const { ids } = column;
      const shown = ids.length > SHOWN ? [0, ids.length - 1] : [...ids.keys()];
      for (const row of shown) this.#edges.push(...this.#edge(ids[row]!, `n${id}`, `label="row ${row}"`));
    }
  }

  /** An edge from a result; a constant is a node of its own each time. */
  #edge(from: Id, to: string, ...attributes: readonly string[]): string[] {
    const { codes, immediates } = this.#program;
    if (codes[from] !== "constant") return [edge(this.#nodeOf(from), to, [...this.#rowOf(from), ...attributes])];
    const node = `number${this.#numbers++}`;
    const label = quote(Object.is(immediates[from], -0) ? "-0" : String(immediates[from]));
    return [`  ${node} [label=${label}, style=dashed, fontsize=10]`, edge(node, to, attributes)];
  }

  /** The node that a result comes from. */
  #nodeOf(id: Id): string {
    const { codes, operands, starts, immediates, seconds } = this.#program;
    const code = codes[id];
    const loop = () => immediates[operands[starts[id]!]!]!;
    if (code === "sum") return sumNode(loop(), immediates[id]!);
    if (code === "final") return carryNode(loop(), immediates[id]!);
    if (code === "element") return stackNode(loop(), seconds[id]!);
    return code === "carry" ? carryNode(this.#loopWith(id), immediates[id]!) : `n${id}`;
  }

  #rowOf(id: Id): string[] {
    const { codes, immediates } = this.#program;
    if (codes[id] === "element") return [`label="row ${immediates[id]}"`];
    return codes[id] === "final" ? [`label="last"`] : [];
  }

  #loopWith(id: Id): number {
    return this.#program.loops.findIndex(({ body }) => body.includes(id));
  }

  /** A node for each result, and one for those that a loop makes row by row. */
  #drawResults(): string[] {
    const { outputs, codes } = this.#program;
    const lines: string[] = [];
    for (let from = 0, to = 0; from < outputs.length; from = to) {
      const node = this.#nodeOf(outputs[from]!);
      const isNext = () =>
        to < outputs.length && codes[outputs[to]!] === "element" && this.#nodeOf(outputs[to]!) === node;
      for (to = from + 1; codes[outputs[from]!] === "element" && isNext(); ) to++;
      lines.push(leaf("  ", `result${from}`, fromTo(this.#results.slice(from, to))));
      if (to === from + 1) this.#edges.push(...this.#edge(outputs[from]!, `result${from}`));
      else this.#edges.push(edge(node, `result${from}`, []));
    }
    return lines;
  }
}

const sumNode = (loop: number, index: number) => `sum${loop}_${index}`;
const stackNode = (loop: number, index: number) => `rows${loop}_${index}`;
const carryNode = (loop: number, index: number) => `carry${loop}_${index}`;

function leaf(indent: string, node: string, label: string): string {
  return `${indent}${node} [label=${quote(label)}, style=filled, fillcolor="#f6f8fa"]`;
}

function edge(from: string, to: string, attributes: readonly string[]): string {
  return `  ${from} -> ${to}${attributes.length === 0 ? "" : ` [${attributes.join(", ")}]`}`;
}

function fromTo(names: readonly string[]): string {
  return names.length > SHOWN ? `${names[0]} … ${names.at(-1)}` : names.join(", ");
}

const LONGEST = 80;

/** A DOT string that shows this text exactly as it is, on one line. */
function quote(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  // Control characters as the signs that picture them.
  const visible = Array.from(short, (c) => (c < " " ? String.fromCharCode(0x2400 + c.charCodeAt(0)) : c)).join("");
  return `"${visible.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("&", "&amp;")}"`;
}
