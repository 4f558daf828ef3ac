import { test } from "vitest";
import {
  add,
  dot,
  exp,
  hvp,
  logsumexp,
  mul,
  neg,
  type Scalar,
  square,
  sub,
  sum,
  type Value,
  valueAndGrad,
} from "../../../src/index.ts";
import { agree, differences, expectClose, flat, many, numbersFrom } from "./agree.ts";

type Point = readonly [number, number];

/** Log-weight, mean, and the inverse Cholesky factor of the covariance: logs of its diagonal, and what is below. */
interface Component<S = Value> {
  logWeight: S;
  mean: [S, S];
  logScales: [S, S];
  skew: S;
}

/** The objective "GMM" of ADBench in two dimensions, without its constant. */
function logPosterior(components: Component<Scalar>[], points: readonly Point[]): Scalar {
  const logLikelihood = sum(points, (point) =>
    logsumexp(
      components.map(({ logWeight, mean, logScales: [first, second], skew }) => {
        const x = sub(point[0], mean[0]);
        const y = sub(point[1], mean[1]);
        const whitened = [mul(exp(first), x), add(mul(skew, x), mul(exp(second), y))];
        return sub(add(logWeight, add(first, second)), mul(0.5, dot(whitened, whitened)));
      }),
    ),
  );
  const prior = sum(
    components.map(({ logScales, skew }) =>
      sub(sum(logScales), mul(0.5, sum([...logScales.map((q) => square(exp(q))), square(skew)]))),
    ),
  );
  const total = logsumexp(components.map(({ logWeight }) => logWeight));
  return add(sub(logLikelihood, mul(points.length, total)), prior);
}

const next = numbersFrom(1);
const components: Component<number>[] = many(3, () => ({
  logWeight: next(),
  mean: [next(), next()],
  logScales: [next(), next()],
  skew: next(),
}));
const points: Point[] = many(40, () => [2 * next(), 2 * next()]);

function componentsOf(x: readonly number[]): Component<number>[] {
  return many(3, (k) => {
    const [logWeight, m1, m2, q1, q2, skew] = x.slice(6 * k, 6 * k + 6) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return { logWeight, mean: [m1, m2], logScales: [q1, q2], skew };
  });
}

test("a Gaussian mixture: value, gradient and curvature", () => {
  const [, gradient] = agree(valueAndGrad(logPosterior), components, points);
  const f = (x: number[]) => logPosterior(componentsOf(x), points) as number;
  expectClose(gradient, differences(f, flat(components)), 1e-8);
  const ascent = (c: Component[]) => neg(logPosterior(c, points));
  agree(hvp(ascent), components, componentsOf(many(18, () => next())));
});
