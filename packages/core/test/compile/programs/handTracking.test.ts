import { test } from "vitest";
import { add, cos, dot, jacobian, jvp, map, mul, neg, type Scalar, sin, sub } from "../../../src/index.ts";
import { agree, differences, expectClose, flat, many, numbersFrom } from "./agree.ts";

type Matrix = Scalar[][];

const multiply = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) =>
    b[0]!.map((_, j) =>
      dot(
        row,
        b.map((other) => other[j]!),
      ),
    ),
  );

function rotation(axis: 0 | 1 | 2, angle: Scalar): Matrix {
  const [c, s] = [cos(angle), sin(angle)];
  const turned: Matrix = [
    [c, neg(s)],
    [s, c],
  ];
  const plane = [0, 1, 2].filter((i) => i !== axis);
  return many(3, (i) =>
    many(3, (j) =>
      i === axis || j === axis ? Number(i === j) : turned[plane.indexOf(i)]![plane.indexOf(j)]!,
    ),
  );
}

interface Pose<S = Scalar> {
  wrist: S[];
  /** Of each bone of the finger: bend and spread. */
  bones: { bend: S; spread: S }[];
  scale: S;
}

const next = numbersFrom(5);
const vertices = many(8, () => [next(), next(), next()]);
const targets = many(8, () => [next(), next(), next()]);

/** A finger of bones one after the other, as in ADBench's "hand": where each vertex is, less where it should be. */
function offsets({ wrist, bones, scale }: Pose): Scalar[][] {
  let turn = [0, 1, 2].map((axis) => rotation(axis as 0, wrist[axis]!)).reduce(multiply);
  let position: Scalar[] = [0, 0, 0];
  const frames = bones.map(({ bend, spread }) => {
    turn = multiply(turn, multiply(rotation(0, bend), rotation(2, spread)));
    position = position.map((p, i) => add(p, turn[i]![1]!));
    return { turn, position };
  });
  const pairs = vertices.map((vertex, i) => ({ vertex, target: targets[i]! }));
  const weights = bones.map((_, i) => (i + 1) / bones.length);
  return map(pairs, ({ vertex, target }) =>
    target.map((t, i) => {
      const along = frames.map((frame) => add(dot(frame.turn[i]!, vertex), frame.position[i]!));
      return sub(mul(scale, dot(along, weights)), t);
    }),
  );
}

const pose: Pose<number> = {
  wrist: [0.1, -0.2, 0.3],
  bones: many(3, () => ({ bend: next(), spread: 0.2 * next() })),
  scale: 1.1,
};

function poseOf(x: readonly number[]): Pose<number> {
  const bones = many(3, (i) => ({ bend: x[3 + 2 * i]!, spread: x[4 + 2 * i]! }));
  return { wrist: x.slice(0, 3), bones, scale: x[9]! };
}

test("hand tracking: the Jacobian forward, in both modes, and against differences", () => {
  const forward = agree(jacobian(offsets, { mode: "forward" }), pose);
  expectClose(agree(jacobian(offsets, { mode: "reverse" }), pose), forward);
  const some = [0, 10, 23];
  const wanted = some.flatMap((k) => differences((x) => flat(offsets(poseOf(x)))[k]!, flat(pose)));
  const rows = forward.flat();
  expectClose(
    some.flatMap((k) => flat(rows[k])),
    wanted,
    1e-8,
  );
});

test("hand tracking: many directions at once are products with the Jacobian", () => {
  const directions = many(4, () => poseOf(many(10, () => next())));
  const push = jvp(offsets);
  const derivatives = agree(
    (at: Pose, tangents: readonly Pose[]) =>
      tangents.map((tangent) => push(at as never, tangent as never)[1]),
    pose,
    directions,
  );
  const matrix = flat(jacobian(offsets)(pose));
  const products = directions.flatMap((direction) => {
    const v = flat(direction);
    return many(24, (k) => v.reduce((total, x, j) => total + x * matrix[10 * k + j]!, 0));
  });
  expectClose(derivatives, products);
  const looped = agree(
    (at: Pose, tangents: readonly Pose[]) =>
      map(tangents, (tangent) => push(at as never, tangent as never)[1]),
    pose,
    directions,
  );
  expectClose(looped, products);
});
