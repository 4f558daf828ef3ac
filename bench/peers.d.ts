// These packages ship no types.
declare module "adnn/ad/index.js";
declare module "ad.js";
declare module "mnist" {
  interface Digit {
    readonly length: number;
    /** The 784 grey values of one picture. */
    get(index: number): number[];
  }
  const digits: readonly Digit[];
  export = digits;
}
