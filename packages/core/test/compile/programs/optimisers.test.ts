import { test } from "vitest";
import {
  add,
  div,
  exp,
  grad,
  hessian,
  map,
  mean,
  mul,
  noGrad,
  scan,
  sqrt,
  square,
  stopGradient,
  sub,
  sum,
  type Value,
  valueAndGrad,
} from "../../../src/index.ts";
import { agree, differences, expectClose, many, numbersFrom } from "./agree.ts";

const next = numbersFrom(6);
const data = many(10, () => {
  const x = next();
  return { x, y: 2 * x - 0.5 + 0.1 * next() };
});

type Line = [Value, Value];
const loss = ([slope, offset]: Line) => mean(data, ({ x, y }) => square(sub(add(slope.mul(x), offset), y)));
const start = [0.1, 0.2];
const steps = many(20, (i) => i);

function finalLossByLoop(rate: Value): Value {
  const gradientOf = grad(loss);
  let line = start as never as Line;
  for (const _ of steps) {
    const gradient = gradientOf(line);
    line = line.map((x, i) => sub(x, mul(rate, gradient[i]!))) as Line;
  }
  return loss(line);
}

function finalLossByScan(rate: Value): Value {
  const last = scan(steps, start, (line) => {
    const gradient = grad(loss)(line as Line);
    return line.map((x, i) => sub(x, mul(rate, gradient[i]!)));
  });
  return loss(last as Line);
}

/** The same by plain numbers: the gradient of the squares is written out. */
function finalLossByHand([rate]: readonly number[]): number {
  let [slope, offset] = start as [number, number];
  const average = (f: (row: { x: number; y: number }) => number) =>
    data.reduce((total, row) => total + f(row), 0) / data.length;
  for (const _ of steps) {
    const error = ({ x, y }: { x: number; y: number }) => slope * x + offset - y;
    const [a, b] = [average((row) => 2 * error(row) * row.x), average((row) => 2 * error(row))];
    slope -= rate! * a;
    offset -= rate! * b;
  }
  return average(({ x, y }) => (slope * x + offset - y) ** 2);
}

test("the learning rate of 20 steps of gradient descent: loop, scan and differences agree, to second order", () => {
  const byScan = agree(valueAndGrad(finalLossByScan), 0.3);
  expectClose(
    byScan,
    [finalLossByHand([0.3]), ...differences(finalLossByHand as (x: number[]) => number, [0.3])],
    1e-8,
  );
  expectClose(agree(hessian(finalLossByScan), 0.3), agree(hessian(finalLossByLoop), 0.3), 1e-10);
});

test("the same with the loop written out, where the first step is on plain numbers", () => {
  expectClose(agree(valueAndGrad(finalLossByLoop), 0.3), agree(valueAndGrad(finalLossByScan), 0.3), 1e-11);
});

test("momentum and Adam by scan, with respect to all their settings and the start", () => {
  interface Settings {
    rate: Value;
    decay: Value;
    squareDecay: Value;
    start: Value[];
  }
  const train = ({ rate, decay, squareDecay, start: first }: Settings) => {
    const zeros = first.map(() => 0);
    const last = scan(steps, { x: first, m: zeros, v: zeros }, ({ x, m, v }) => {
      const gradient = grad(loss)(x as Line);
      const mean = m.map((mi, i) => add(mul(decay, mi), mul(sub(1, decay), gradient[i]!)));
      const spread = v.map((vi, i) =>
        add(mul(squareDecay, vi), mul(sub(1, squareDecay), square(gradient[i]!))),
      );
      return {
        x: x.map((xi, i) => sub(xi, div(mul(rate, mean[i]!), sqrt(add(spread[i]!, 1e-6))))),
        m: mean,
        v: spread,
      };
    });
    return loss(last.x as Line);
  };
  const at = { rate: 0.05, decay: 0.9, squareDecay: 0.95, start };
  agree(valueAndGrad(train), at);
  agree(hessian(train), at);
});

test("a gradient held constant by stopGradient or noGrad carries no derivative", () => {
  const held = (x: Value) => {
    const weight = stopGradient(exp(x));
    const other = noGrad(() => square(x));
    const rows = map([1, 2, 3], (r) => mul(stopGradient(mul(x, r)), mul(x, r)));
    return sum([
      mul(weight, x),
      mul(other, x),
      sum(rows),
      sum([1, 2], (r) => noGrad(() => mul(x, r)).mul(x)),
    ]);
  };
  expectClose(agree(grad(held), 0.5), Math.exp(0.5) + 0.25 + 0.5 * 14 + 0.5 * 3);
  agree(hessian(held), 0.5);
});
