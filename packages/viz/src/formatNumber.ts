/** A number to 4 significant digits (unless told), for pictures: `0.7071`, `1.235e-7`, `∞`. Zero of either sign is `0`. */
export function formatNumber(x: number, digits = 4): string {
  if (Number.isNaN(x)) return "NaN";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "-∞";
  const [mantissa, exponent] = x.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  return power >= -3 && power < 6 ? String(Number(`${mantissa}e${power}`)) : `${Number(mantissa)}e${power}`;
}
