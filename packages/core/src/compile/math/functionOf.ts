import { Locals } from "../emit/locals.ts";
import type { Memory } from "../emit/memory.ts";
import { Code } from "../wasm/code.ts";
import type { FunctionDefinition } from "../wasm/encoder.ts";
import { type Formula, parameter, type Term, typeOf, type Width } from "./term.ts";

/** A function, of one number or of two at a time, that computes a formula. Its constants are put into the memory. */
export function functionOf(formula: Formula, width: Width, memory: Memory): FunctionDefinition {
  const x = parameter(width);
  const result = formula(x);
  const type = typeOf(x);
  const locals = new Locals([type]);
  const code = new Code();
  const useCounts = useCountsOf(result);
  const kept = new Map<Term, number>();
  const write = (term: Term) => {
    const local = kept.get(term);
    if (local !== undefined) {
      code.emit("local.get", local);
      return;
    }
    term.operands.forEach(write);
    term.write(code, memory);
    if (useCounts.get(term)! === 1 || term.isConstant) return;
    kept.set(term, locals.take(typeOf(term)));
    code.emit("local.tee", kept.get(term)!);
  };
  write(result);
  return { signature: { params: [type], results: [type] }, locals: locals.types, code };
}

/** How many times each term of a formula is read. */
function useCountsOf(result: Term): Map<Term, number> {
  const counts = new Map<Term, number>();
  const visit = (term: Term) => {
    const count = counts.get(term) ?? 0;
    counts.set(term, count + 1);
    if (count === 0) term.operands.forEach(visit);
  };
  visit(result);
  return counts;
}
