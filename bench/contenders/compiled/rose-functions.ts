import { compile, Dual, div, type Fn, fn, gt, mul, opaque, Real, select, struct, sub, Vec, vjp } from "rose";

// What rose leaves to its users.

export const exp = opaque([Real], Real, Math.exp);
exp.jvp = fn([Dual], Dual, ({ re: x, du: dx }) => {
  const y = exp(x);
  return { re: y, du: mul(dx, y) };
});

export const log = opaque([Real], Real, Math.log);
log.jvp = fn([Dual], Dual, ({ re: x, du: dx }) => ({ re: log(x), du: div(dx, x) }));

export const tanh = opaque([Real], Real, Math.tanh);
tanh.jvp = fn([Dual], Dual, ({ re: x, du: dx }) => {
  const y = tanh(x);
  return { re: y, du: mul(dx, sub(1, mul(y, y))) };
});

export const sin = opaque([Real], Real, Math.sin);
const cos = opaque([Real], Real, Math.cos);
sin.jvp = fn([Dual], Dual, ({ re: x, du: dx }) => ({ re: sin(x), du: mul(dx, cos(x)) }));

export const relu = (x: Real): Real => select(gt(x, 0), Real, x, 0);

interface Results {
  readonly value: number;
  readonly gradient: readonly number[];
}

export const valuesOf = ({ value, gradient }: Results): number[] => [value, ...gradient];

/** The value and the gradient of a function of n numbers, compiled. */
export async function valueAndGradient(
  f: Fn & ((x: Real[] | Vec<Real>) => Real),
  n: number,
): Promise<(x: readonly number[]) => Results> {
  const X = Vec(n, Real);
  const both = fn([X], struct({ value: Real, gradient: X }), (x) => {
    const { ret, grad } = vjp(f)(x);
    return { value: ret, gradient: grad(1) };
  });
  return (await compile(both)) as never;
}
