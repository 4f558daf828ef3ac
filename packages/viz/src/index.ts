export { type LossCurveOptions, lossCurve } from "./lossCurve.ts";
export type { LossSeries } from "./lossSeries.ts";
export type { LayerLike, NetworkLike, NeuronLike } from "./network.ts";
export { type NetworkDotOptions, networkToDot } from "./networkToDot.ts";
export { type DotOptions, toDot } from "./toDot.ts";
export { type RenderOptions, type SvgOptions, toSvg } from "./toSvg.ts";
