import { formatNumber } from "../../formatNumber.ts";
import type { LayerFlowReport } from "./flowReport.ts";

/** The bounds beyond which a layer is at fault. */
export interface FlowThresholds {
  /** The least that δ may be, relative to the last layer. */
  readonly vanishing: number;
  /** The most that δ may be, relative to the last layer. */
  readonly exploding: number;
  /** The most that an update may be, relative to the weights. */
  readonly update: number;
  /** The most of its neurons that may be dead, from 0 to 1. */
  readonly dead: number;
  /** The most of its activations that may be near a bound, from 0 to 1. The last layer may: its outputs are answers. */
  readonly saturated: number;
  /** How near a bound is near: so many times half of the range. */
  readonly margin: number;
}

/** What can be wrong with the flow of a gradient. */
export type FlowFault = "dead" | "vanishing" | "exploding" | "saturated";

/** One thing that is wrong, with all layers where it is. */
export interface FlowFinding {
  readonly kind: FlowFault;
  /** From 0 to 1. For shares the share; for sizes decades / 16, as a double has 16 digits. */
  readonly severity: number;
  /** From 1. */
  readonly layers: readonly number[];
  /** The one where it is worst. */
  readonly worst: number;
  readonly words: string;
}

interface Rule {
  readonly kind: FlowFault;
  /** How severe it is, from 0 to 1; `undefined` where the layer is not at fault. */
  readonly severity: (layer: LayerFlowReport, isLast: boolean) => number | undefined;
  readonly words: (worst: LayerFlowReport, layers: readonly LayerFlowReport[]) => string;
}

/** What is wrong, the most severe first; of equals, what comes first in the list of rules. */
export function findingsOf(layers: readonly LayerFlowReport[], thresholds: FlowThresholds): FlowFinding[] {
  const findings = rulesFor(thresholds).flatMap(({ kind, severity, words }): FlowFinding[] => {
    const faulty = layers.flatMap((layer, i) => {
      const severe = severity(layer, i === layers.length - 1);
      return severe === undefined ? [] : [{ layer, severe }];
    });
    if (faulty.length === 0) return [];
    const worst = faulty.reduce((most, of) => (of.severe > most.severe ? of : most));
    return [
      {
        kind,
        severity: worst.severe,
        layers: faulty.map(({ layer }) => layer.layer),
        worst: worst.layer.layer,
        words: words(worst.layer, layers),
      },
    ];
  });
  return findings.sort((a, b) => b.severity - a.severity);
}

function rulesFor({ vanishing, exploding, update, dead, saturated }: FlowThresholds): readonly Rule[] {
  return [
    {
      kind: "dead",
      severity: (layer) => (layer.dead > dead ? layer.dead : undefined),
      words: (layer) =>
        `${percent(layer.dead)} of the neurons have slope 0 at every example, and learn nothing. ` +
        "Try a smaller learning rate, other first biases, or leakyRelu.",
    },
    {
      kind: "exploding",
      severity: ({ hasFiniteGradients }) => (hasFiniteGradients ? undefined : 1),
      words: () => "the gradient is NaN or ±∞. findNonFinite tells where it comes from.",
    },
    {
      kind: "vanishing",
      severity: ({ delta, relative }) => {
        if (delta === 0) return 1;
        return relative !== null && relative < vanishing ? decades(relative) : undefined;
      },
      words: ({ layer, delta, relative }, layers) => {
        if (delta === 0) return `no gradient arrives${whyNone(layer, layers)}`;
        return (
          `δ is ${formatNumber(relative!, 2)} times that in the last layer. ` +
          "Try relu or tanh for sigmoid, fewer layers, or larger first weights."
        );
      },
    },
    {
      kind: "exploding",
      severity: ({ relative }) => (isAbove(relative, exploding) ? decades(relative!) : undefined),
      words: ({ relative }) =>
        `δ is ${formatNumber(relative!, 2)} times that in the last layer. ` +
        "Try smaller first weights, or clip gradients.",
    },
    {
      kind: "exploding",
      severity: (layer) => (isAbove(layer.update, update) ? decades(layer.update!) : undefined),
      words: (layer) =>
        `an update is ${formatNumber(layer.update!, 2)} times the weights. Try a smaller learning rate.`,
    },
    {
      kind: "saturated",
      severity: (layer, isLast) =>
        !isLast && layer.saturated !== null && layer.saturated > saturated ? layer.saturated : undefined,
      words: (layer) =>
        `${percent(layer.saturated!)} of the activations are near a bound, where the slope is nearly 0. ` +
        "Try smaller first weights, or standardise the inputs.",
    },
  ];
}

/** Where δ is smaller than this in the layer after, it may have become 0 by rounding alone. */
const TINY = 1e-290;

/** Why δ is 0 in a layer. */
function whyNone(layer: number, layers: readonly LayerFlowReport[]): string {
  const next = layers.slice(layer).find(({ delta }) => delta !== 0);
  if (next === undefined) {
    return ` at all: ${layers.at(-1)!.dead === 1 ? "the last layer is dead" : "the loss sends none back"}.`;
  }
  if (next.delta < TINY) {
    return `: δ is ${formatNumber(next.delta, 2)} in layer ${next.layer}, and before that smaller than any number.`;
  }
  return ". Look at the layers after it: one is dead, has no slope, or has weights of 0.";
}

function isAbove(x: number | null, bound: number): boolean {
  return x !== null && Number.isFinite(x) && x > bound;
}

function decades(ratio: number): number {
  return Math.min(1, Math.abs(Math.log10(ratio)) / 16);
}

/** Such as `12 %`. */
export function percent(share: number): string {
  return `${formatNumber(100 * share, 3)} %`;
}
