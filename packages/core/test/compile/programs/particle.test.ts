import { expect, test } from "vitest";
import {
  add,
  cos,
  exp,
  grad,
  hessian,
  jacobian,
  mul,
  neg,
  type Scalar,
  scan,
  square,
  sub,
  sum,
  type Value,
} from "../../../src/index.ts";
import { agree, differences, expectClose, flat, many } from "./agree.ts";

type Vector<S = Value> = [S, S];
interface Particle<S = Scalar> {
  position: Vector<S>;
  velocity: Vector<S>;
}

const wells = [
  { x: 0.5, y: 0, depth: 1 },
  { x: -0.3, y: 0.8, depth: 0.5 },
  { x: 0, y: -1, depth: 0.7 },
];
const potential = ([x, y]: Vector<Scalar>) =>
  add(
    neg(sum(wells, (well) => mul(well.depth, exp(neg(add(square(sub(x, well.x)), square(sub(y, well.y)))))))),
    mul(0.1, cos(mul(x, y))),
  );
const force = (position: Vector<Scalar>) =>
  grad(potential)(position as Vector).map((slope) => neg(slope)) as Vector<Scalar>;

const step = 0.05;
const kick = (velocity: Vector<Scalar>, by: Vector<Scalar>) =>
  velocity.map((v, i) => add(v, mul(step / 2, by[i]!))) as Vector<Scalar>;

/** Leapfrog steps. */
function fly(start: Particle, count: number): Particle {
  return scan(
    many(count, (i) => i),
    start,
    ({ position, velocity }) => {
      const half = kick(velocity, force(position));
      const moved = position.map((x, i) => add(x, mul(step, half[i]!))) as Vector<Scalar>;
      return { position: moved, velocity: kick(half, force(moved)) };
    },
  );
}

const from: Particle<number> = { position: [0.2, 0.1], velocity: [0.4, -0.3] };

test("a particle in a potential, whose force is a gradient: where it ends by initial velocity", () => {
  const end = (velocity: Vector<Scalar>) => fly({ position: from.position, velocity }, 100).position;
  const sensitivities = agree(jacobian(end), from.velocity);
  const numbers = (k: 0 | 1) => (v: number[]) => end(v as never)[k] as number;
  expectClose(
    sensitivities,
    [...differences(numbers(0), from.velocity), ...differences(numbers(1), from.velocity)],
    1e-7,
  );
});

test("a particle: energy is nearly kept, volume in phase space is kept", () => {
  const flow = agree(
    jacobian((start: Particle<Value>) => fly(start, 20)),
    from,
  );
  const m = many(4, (i) => flat(flow).slice(4 * i, 4 * i + 4));
  const minor = (i: number, j: number, k: number, l: number) => m[i]![k]! * m[j]![l]! - m[i]![l]! * m[j]![k]!;
  const determinant =
    minor(0, 1, 0, 1) * minor(2, 3, 2, 3) -
    minor(0, 1, 0, 2) * minor(2, 3, 1, 3) +
    minor(0, 1, 0, 3) * minor(2, 3, 1, 2) +
    minor(0, 1, 1, 2) * minor(2, 3, 0, 3) -
    minor(0, 1, 1, 3) * minor(2, 3, 0, 2) +
    minor(0, 1, 2, 3) * minor(2, 3, 0, 1);
  expect(determinant).toBeCloseTo(1, 10);
});

test("a particle: curvature of the distance to a target, which takes third derivatives of the potential", () => {
  const miss = (velocity: Vector) => {
    const { position } = fly({ position: from.position, velocity }, 10);
    return add(square(sub(position[0], 1)), square(position[1]));
  };
  agree(hessian(miss), from.velocity);
});
