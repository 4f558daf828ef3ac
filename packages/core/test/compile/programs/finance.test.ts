import { expect, test } from "vitest";
import {
  abs,
  add,
  compile,
  div,
  exp,
  grad,
  greater,
  hessian,
  log,
  map,
  mul,
  neg,
  normalCdf,
  type Scalar,
  scan,
  sin,
  sqrt,
  square,
  sub,
  type Value,
  valueAndGrad,
  where,
} from "../../../src/index.ts";
import { agree, differences, expectClose, flat, many, tiers } from "./agree.ts";

interface Option<S = Value> {
  spot: S;
  strike: S;
  rate: S;
  volatility: S;
  maturity: S;
}

/** The Black–Scholes price of a European call. */
function call({ spot, strike, rate, volatility, maturity }: Option<Scalar>): Scalar {
  const spread = mul(volatility, sqrt(maturity));
  const d1 = div(add(log(div(spot, strike)), mul(add(rate, div(square(volatility), 2)), maturity)), spread);
  const discounted = mul(strike, exp(neg(mul(rate, maturity))));
  return sub(mul(spot, normalCdf(d1)), mul(discounted, normalCdf(sub(d1, spread))));
}

const option: Option<number> = { spot: 100, strike: 95, rate: 0.03, volatility: 0.2, maturity: 0.75 };

test("Black–Scholes: Greeks in closed form", () => {
  const [, greeks] = agree(valueAndGrad(call), option);
  const gamma = agree(hessian(call), option);
  const d1 = (Math.log(100 / 95) + (0.03 + 0.02) * 0.75) / (0.2 * Math.sqrt(0.75));
  const density = Math.exp((-d1 * d1) / 2) / Math.sqrt(2 * Math.PI);
  expectClose(greeks.spot, normalCdf(d1));
  expectClose(greeks.volatility, 100 * density * Math.sqrt(0.75), 1e-11);
  expectClose(gamma.spot.spot, density / (100 * 0.2 * Math.sqrt(0.75)), 1e-10);
});

test("a book of options by map: prices and Greeks of each, in one kernel for books of any length", () => {
  const book = many(7, (i) => ({ ...option, strike: 80 + 5 * i, maturity: 0.25 * (i + 1) }));
  const greeks = (options: readonly Option[]) => map(options, valueAndGrad(call));
  const all = agree(greeks, book);
  expectClose(all[3]![0], call(book[3]!));
  for (const tier of tiers) {
    const kernel = compile(greeks, { tier });
    for (const length of [7, 1, 0, 2, 7]) {
      expectClose(kernel(book.slice(0, length)), flat(all).slice(0, 6 * length));
    }
  }
});

test("implied volatility by Newton's method, the derivative through its steps and by the implicit function theorem", () => {
  const newton = (price: Value) =>
    scan(
      many(12, (i) => i),
      0.3,
      (volatility) => {
        const [value, vega] = valueAndGrad((v: Value) => call({ ...option, volatility: v }) as Value)(
          volatility as Value,
        );
        return sub(volatility, div(sub(value, price), vega));
      },
    );
  const price = call(option) as number;
  const found = agree(valueAndGrad(newton), price);
  const vega = grad((v: Value) => call({ ...option, volatility: v }))(0.2);
  expectClose(found, [0.2, 1 / vega], 1e-9);
  agree(hessian(newton), price);
});

test("Newton's iteration for a square root by plain loop, which stops by where", () => {
  const root = (a: Value) => {
    let x: Scalar = 1;
    for (let i = 0; i < 8; i++) {
      const better: Scalar = mul(0.5, add(x, div(a, x)));
      x = where(greater(abs(sub(better, x)), 1e-14), better, x);
    }
    return x;
  };
  for (const a of [0.25, 2, 9]) {
    const [value, slope] = agree(valueAndGrad(root), a) as [number, number];
    expect(value).toBeCloseTo(Math.sqrt(a), 12);
    expect(slope).toBeCloseTo(0.5 / Math.sqrt(a), 6);
  }
});

test("an option on the path of an asset: scan over shocks within map over paths", () => {
  const paths = many(6, (i) => many(5, (j) => Math.sin(3 * i + 7 * j)));
  const asian = ({ spot, strike, rate, volatility, maturity }: Option<Scalar>) => {
    const step = div(maturity, 5);
    const payoffs = map(paths, (shocks) => {
      const [, prices] = scan(shocks, spot, (price, shock) => {
        const drift = mul(sub(rate, div(square(volatility), 2)), step);
        const next = mul(price, exp(add(drift, mul(mul(volatility, sqrt(step)), shock))));
        return [next, next];
      });
      const mean = div(prices.reduce<Scalar>(add, 0), 5);
      const gain = sub(mean, strike);
      return where(greater(gain, 0), gain, 0);
    });
    return mul(exp(neg(mul(rate, maturity))), div(payoffs.reduce<Scalar>(add, 0), paths.length));
  };
  const [, gradient] = agree(valueAndGrad(asian), option);
  const f = ([spot, strike, rate, volatility, maturity]: number[]) =>
    asian({ spot, strike, rate, volatility, maturity } as Option<number>) as number;
  expectClose(flat(gradient), differences(f, flat(option)), 1e-7);
  agree(hessian(asian), option);
});

test("a fixed point by scan: x = a + sin(x)/2, differentiated twice through the iterations", () => {
  const fixed = (a: Value) =>
    scan(
      many(60, (i) => i),
      0,
      (x) => add(a, mul(0.5, sin(x))),
    );
  const [x, slope] = agree(valueAndGrad(fixed), 0.7) as [number, number];
  expect(slope).toBeCloseTo(1 / (1 - Math.cos(x) / 2), 9);
  agree(hessian(fixed), 0.7);
});
