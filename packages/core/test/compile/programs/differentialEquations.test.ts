import { test } from "vitest";
import {
  add,
  grad,
  hessian,
  jacobian,
  map,
  mul,
  type Scalar,
  scan,
  square,
  sub,
  sum,
  type Value,
} from "../../../src/index.ts";
import { agree, differences, expectClose, flat, many } from "./agree.ts";

type State<S = Scalar> = { prey: S; predators: S };
type Rates<S = Scalar> = { growth: S; predation: S; death: S; reproduction: S };

function slope({ prey, predators }: State, { growth, predation, death, reproduction }: Rates): State {
  const meetings = mul(prey, predators);
  return {
    prey: sub(mul(growth, prey), mul(predation, meetings)),
    predators: sub(mul(reproduction, meetings), mul(death, predators)),
  };
}

function move(state: State, step: Scalar, by: State): State {
  return {
    prey: add(state.prey, mul(step, by.prey)),
    predators: add(state.predators, mul(step, by.predators)),
  };
}

function rungeKutta(state: State, rates: Rates, step: number): State {
  const k1 = slope(state, rates);
  const k2 = slope(move(state, step / 2, k1), rates);
  const k3 = slope(move(state, step / 2, k2), rates);
  const k4 = slope(move(state, step, k3), rates);
  const mean = (key: keyof State) => mul(1 / 6, sum([k1[key], mul(2, k2[key]), mul(2, k3[key]), k4[key]]));
  return move(state, step, { prey: mean("prey"), predators: mean("predators") });
}

const initial = { prey: 1.2, predators: 0.7 };
const rates = { growth: 1.1, predation: 0.4, death: 0.4, reproduction: 0.3 };
interface Problem<S = Scalar> {
  initial: State<S>;
  rates: Rates<S>;
}

function byLoop({ initial, rates }: Problem): State {
  let state = initial;
  for (let i = 0; i < 12; i++) state = rungeKutta(state, rates, 0.05);
  return state;
}

const times = many(12, (i) => 0.05 * i);
function byScan({ initial, rates }: Problem): State {
  return scan(times, initial, (state) => rungeKutta(state, rates, 0.05));
}

test("Lotka–Volterra by Runge–Kutta: sensitivities by loop and by scan, forward and reverse", () => {
  const at = { initial, rates };
  const loop = agree(jacobian(byLoop), at);
  for (const mode of ["forward", "reverse"] as const)
    expectClose(agree(jacobian(byScan, { mode }), at), loop);
  const end = (key: keyof State) => (x: number[]) =>
    byLoop({
      initial: { prey: x[0]!, predators: x[1]! },
      rates: { growth: x[2]!, predation: x[3]!, death: x[4]!, reproduction: x[5]! },
    })[key] as number;
  const byDifferences = [end("prey"), end("predators")].flatMap((f) => differences(f, flat(at)));
  expectClose(flat(loop), byDifferences, 1e-8);
});

test("a fit to a trajectory: loss over the outputs of a scan, its gradient and Hessian", () => {
  const measured = many(12, (i) => 1 + Math.sin(i / 10));
  const loss = (rates: Rates<Value>, first: State<number>) => {
    const [, path] = scan(times, first, (state) => {
      const next = rungeKutta(state, rates, 0.05);
      return [next, next.prey];
    });
    return sum(map(path, (prey) => square(prey)).map((x, i) => square(sub(x, measured[i]!))));
  };
  const gradient = agree(grad(loss), rates, initial);
  const f = ([growth, predation, death, reproduction]: number[]) =>
    loss({ growth, predation, death, reproduction } as never, initial) as never as number;
  expectClose(flat(gradient), differences(f, flat(rates)), 1e-8);
  agree(
    hessian((r: Rates<Value>) => loss(r, initial)),
    rates,
  );
});

test("a step size that varies, given as rows, backwards and with two scans in a chain", () => {
  const decay = ([rate, start]: [Value, Value], steps: readonly number[]) => {
    const forward = scan(steps, start, (x, h) => sub(x, mul(h, mul(rate, x))));
    return scan([...steps].reverse(), forward, (x, h) => add(x, mul(h, mul(rate, square(x)))));
  };
  agree(grad(decay), [0.7, 1.5], [0.1, 0.2, 0.3, 0.25]);
  agree(
    hessian((x: [Value, Value]) => decay(x, [0.1, 0.2, 0.3, 0.25])),
    [0.7, 1.5],
  );
});
