import { type ScalarEngine, scalarStep } from "../problem.ts";

/** The engine of trekhleb/micrograd-ts in its own manner: a closure and an array of parents a node, recursion, a Set. */
class Value {
  data: number;
  grad = 0;
  label: string;
  op: string | null;
  prev: Value[];

  constructor(data: number, settings: { op?: string; label?: string; prev?: Value[] } = {}) {
    this.data = data;
    this.op = settings.op ?? null;
    this.label = settings.label ?? "";
    this.prev = settings.prev ?? [];
  }

  backwardStep(): void {
    this.grad += 0;
  }

  add(v: Value | number): Value {
    const other = typeof v === "number" ? new Value(v) : v;
    const out = new Value(this.data + other.data, { prev: [this, other], op: "+" });
    out.backwardStep = () => {
      this.grad += 1 * out.grad;
      other.grad += 1 * out.grad;
    };
    return out;
  }

  mul(v: Value | number): Value {
    const other = typeof v === "number" ? new Value(v) : v;
    const out = new Value(this.data * other.data, { prev: [this, other], op: "*" });
    out.backwardStep = () => {
      this.grad += other.data * out.grad;
      other.grad += this.data * out.grad;
    };
    return out;
  }

  relu(): Value {
    const out = new Value(this.data < 0 ? 0 : this.data, { prev: [this], op: "relu" });
    out.backwardStep = () => {
      this.grad += (out.data > 0 ? 1 : 0) * out.grad;
    };
    return out;
  }

  backward(): void {
    const order: Value[] = [];
    const visited = new Set<Value>();
    const build = (node: Value) => {
      if (visited.has(node)) return;
      visited.add(node);
      for (const parent of node.prev) build(parent);
      order.push(node);
    };
    build(this);
    order.reverse();
    this.grad = 1;
    for (const node of order) node.backwardStep();
  }
}

/** The engine as {@link scalarStep} wants it. */
export const micrograd: ScalarEngine<Value> = {
  leaf: (x) => new Value(x),
  input: (x) => new Value(x),
  add: (a, b) => a.add(b),
  addNumber: (a, b) => a.add(b),
  mul: (a, b) => a.mul(b),
  relu: (a) => a.relu(),
  backward: (loss) => loss.backward(),
  data: (x) => x.data,
  update(parameter, rate) {
    parameter.data -= rate * parameter.grad;
    parameter.grad = 0;
  },
};

export const setup = () => scalarStep(micrograd);
