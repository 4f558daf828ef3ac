/**
 * What `backward()` sends along an edge: adjoint × local derivative. A zero adjoint sends 0 whatever the derivative, and so
 * does a branch that was not taken.
 *
 * @param selects - whether the operation takes one of its operands, so that a derivative of 0 is a branch not taken
 * @example sentAlong(0, Infinity, false) // 0
 */
export function sentAlong(adjoint: number, derivative: number, selects: boolean): number {
  return adjoint === 0 || (derivative === 0 && selects) ? 0 : adjoint * derivative;
}
