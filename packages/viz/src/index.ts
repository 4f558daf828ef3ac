export { diffGraphs, type GraphChange, type GraphDiff, snapshotOf } from "./diagnosis/diffGraphs.ts";
export {
  findNonFinite,
  type NonFiniteReport,
} from "./diagnosis/findNonFinite.ts";
export type { FlowFault, FlowFinding, FlowThresholds } from "./diagnosis/flow/flowFindings.ts";
export type { FlowData, FlowForward, FlowLayer, FlowModel, FlowNeuron } from "./diagnosis/flow/flowModel.ts";
export {
  type FlowOptions,
  type FlowQuantiles,
  type FlowReport,
  flowReport,
  flowThresholds,
  type LayerFlowReport,
} from "./diagnosis/flow/flowReport.ts";
export { type GradCheckPicture, gradCheckPicture, type WrongEdge } from "./diagnosis/gradCheckPicture.ts";
export {
  type GradientPath,
  type GradientPaths,
  type GradientPathsOptions,
  gradientPaths,
} from "./diagnosis/gradientPaths.ts";
export type {
  BackwardFault,
  BackwardOrigin,
  ForwardFault,
  ForwardOrigin,
} from "./diagnosis/nonFiniteFaults.ts";
export type { Reason, ReasonKind } from "./diagnosis/nonFiniteReason.ts";
export { reportJson } from "./diagnosis/reportJson.ts";
export { type StaleGradient, type StaleGradients, staleGradients } from "./diagnosis/staleGradients.ts";
export { type DotOptions, toDot } from "./dot/toDot.ts";
export type { Graph, GraphEdge, GraphNode, NodeKind } from "./graph/graph.ts";
export type { ViewOptions } from "./graph/viewOf.ts";
export { type EdgeJson, type GraphJson, type JsonNumber, type NodeJson, toJson } from "./json/toJson.ts";
export type { LayerLike, NetworkLike, NeuronLike } from "./network/network.ts";
export { type NetworkDotOptions, networkToDot } from "./network/networkToDot.ts";
export { type ActivationLike, type ActivationPlotOptions, activationPlot } from "./plots/activationPlot.ts";
export type { Prediction } from "./plots/classes.ts";
export type { PlottedSeries } from "./plots/curveSeries.ts";
export { type DecisionBoundaryOptions, decisionBoundary } from "./plots/decisionBoundary.ts";
export { type FunctionPlotOptions, functionPlot } from "./plots/functionPlot.ts";
export { type GradientHistogramOptions, gradientHistogram } from "./plots/gradientHistogram.ts";
export type { NamedGradients } from "./plots/layerGradients.ts";
export { type LossCurveOptions, lossCurve } from "./plots/lossCurve.ts";
export type { LossSeries } from "./plots/lossSeries.ts";
export { type LossSurfaceOptions, lossSurface } from "./plots/lossSurface.ts";
export type { ClassifiedData } from "./plots/plane.ts";
export type { PlotOptions } from "./plots/plotOptions.ts";
export { type PixelOptions, type PngOptions, toPng } from "./png/toPng.ts";
export type { PageOptions } from "./stepper/pageOptions.ts";
export { type HtmlOptions, toHtml } from "./stepper/toHtml.ts";
export { type TrainingHtmlOptions, trainingHtml } from "./stepper/training/trainingHtml.ts";
export {
  type Diagram,
  type Drawable,
  type NetworkSvgOptions,
  type RenderOptions,
  type SvgOptions,
  toSvg,
} from "./svg/toSvg.ts";
export { toText } from "./text/toText.ts";
