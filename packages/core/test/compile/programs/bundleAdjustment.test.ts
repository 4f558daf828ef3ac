import { expect, test } from "vitest";
import {
  add,
  compile,
  cos,
  div,
  dot,
  equal,
  jacobian,
  map,
  mul,
  neg,
  type Scalar,
  sin,
  sqrt,
  square,
  sub,
  sum,
  where,
} from "../../../src/index.ts";
import { agree, differences, expectClose, flat, many, numbersFrom, tiers } from "./agree.ts";

type Vector = [Scalar, Scalar, Scalar];

function cross([a, b, c]: Vector, [x, y, z]: Vector): Vector {
  return [sub(mul(b, z), mul(c, y)), sub(mul(c, x), mul(a, z)), sub(mul(a, y), mul(b, x))];
}

/** Rodrigues' formula, with its limit for no rotation. */
function rotate(rotation: Vector, x: Vector): Vector {
  const squared = sum(rotation.map((r) => square(r)));
  const isTurned = sub(1, equal(squared, 0));
  const angle = sqrt(where(isTurned, squared, 1));
  const axis = rotation.map((r) => div(r, angle)) as Vector;
  const turned = cross(axis, x);
  const along = mul(dot(axis, x), sub(1, cos(angle)));
  const straight = cross(rotation, x);
  return x.map((xi, i) =>
    where(
      isTurned,
      add(add(mul(xi, cos(angle)), mul(turned[i]!, sin(angle))), mul(axis[i]!, along)),
      add(xi, straight[i]!),
    ),
  ) as Vector;
}

interface Observation<S = Scalar> {
  /** Rotation 3, centre 3, focal length, principal point 2, radial distortion 2. */
  camera: S[];
  point: [S, S, S];
  weight: S;
  feature: readonly [number, number];
}

/** The weighted reprojection error of ADBench's "BA". */
function project(camera: readonly Scalar[], point: Vector): [Scalar, Scalar] {
  const [r1, r2, r3, c1, c2, c3, focal, u, v, k1, k2] = camera as [
    ...Vector,
    ...Vector,
    Scalar,
    Scalar,
    Scalar,
    Scalar,
    Scalar,
  ];
  const [x, y, z] = rotate([r1, r2, r3], [sub(point[0], c1), sub(point[1], c2), sub(point[2], c3)]);
  const image = [div(x, z), div(y, z)] as const;
  const radius = add(square(image[0]), square(image[1]));
  const distortion = add(1, add(mul(k1, radius), mul(k2, square(radius))));
  return [add(mul(focal, mul(image[0], distortion)), u), add(mul(focal, mul(image[1], distortion)), v)];
}

function residual({ camera, point, weight, feature }: Observation): [Scalar, Scalar] {
  const [x, y] = project(camera, point);
  return [mul(weight, sub(x, feature[0])), mul(weight, sub(y, feature[1]))];
}

const next = numbersFrom(2);
const observations: Observation<number>[] = many(12, (i) => ({
  camera: [
    ...many(3, () => (i === 5 ? 0 : 0.3 * next())),
    ...many(3, () => next()),
    ...[2 + next(), 0.1 * next(), 0.1 * next(), 0.01 * next(), 0.001 * next()],
  ],
  point: [next(), next(), 5 + next()],
  weight: 1 + 0.5 * next(),
  feature: [next(), next()],
}));

type Parameters = Pick<Observation, "camera" | "point" | "weight">;

test("bundle adjustment: Jacobians of all observations by map(rows, jacobian)", () => {
  const jacobians = agree(
    (rows: Observation[]) =>
      map(rows, ({ feature, ...parameters }) =>
        jacobian((p: Parameters) => residual({ ...p, feature }))(parameters as never),
      ),
    observations,
  );
  observations.forEach(({ feature, camera, point, weight }, i) => {
    const f = (k: 0 | 1) => (x: number[]) =>
      residual({ camera: x.slice(0, 11), point: x.slice(11, 14) as never, weight: x[14]!, feature })[
        k
      ] as number;
    const at = [...camera, ...point, weight];
    // the limit for no rotation is that of the value, not of the second derivative
    if (i !== 5)
      expectClose(
        flat(jacobians[i]),
        [f(0), f(1)].flatMap((g) => differences(g, at)),
        1e-8,
      );
  });
});

test("bundle adjustment: one Jacobian in both modes, and a kernel that maps over 15 numbers a row", () => {
  const f = (x: Scalar[]) => project(x.slice(0, 11), x.slice(11, 14) as Vector);
  const [first] = observations;
  const x = [...first!.camera, ...first!.point];
  const forward = agree(jacobian(f, { mode: "forward" }), x);
  const reverse = agree(jacobian(f, { mode: "reverse" }), x);
  expectClose(forward, reverse);
  const rows = observations.map(({ camera, point }) => Float64Array.of(...camera, ...point));
  const all = (data: readonly Float64Array[]) => map(data, (row) => jacobian(f)(Array.from(row)));
  agree(all as never, rows as never);
  for (const tier of tiers) {
    const kernel = compile((data: number[][]) => sum(data, (row) => neg(sum(f(row)))), { tier });
    expect(kernel(rows)).toBeCloseTo(-flat(rows.map((row) => f([...row]))).reduce((a, b) => a + b), 9);
  }
});
