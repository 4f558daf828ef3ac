import { topologicalOrder, type Value } from "@chainrule/core";
import { toDot } from "../dot/toDot.ts";
import { viewToDot } from "../dot/viewToDot.ts";
import { labelled } from "../graph/labelled.ts";
import type { View } from "../graph/view.ts";
import { partOf } from "../graph/viewOf.ts";
import { toJson, viewToJson } from "../json/toJson.ts";
import type { NetworkLike } from "../network/network.ts";
import { networkToDot } from "../network/networkToDot.ts";
import { toHtml } from "../stepper/toHtml.ts";
import { toText, viewToText } from "../text/toText.ts";
import type { Root } from "./chooseExport.ts";
import type { Format } from "./formats.ts";
import { viewFromJson } from "./graphJson.ts";
import type { Settings } from "./options.ts";
import { pick } from "./pick.ts";
import type { SourceText } from "./readText.ts";

/** Something to draw: how it becomes each format, and which options each takes. Pictures are drawn from the DOT. */
export interface Subject {
  /** In words, for errors. */
  readonly kind: string;
  readonly dot: Way;
  readonly text?: Way;
  readonly json?: Way;
  readonly html?: Way;
  /** The format where none is asked for. */
  readonly usual: Format;
}

/** A way to a format. */
export interface Way {
  readonly options: readonly (keyof Settings)[];
  readonly make: (settings: Settings) => string | Promise<string>;
}

const PART = ["collapse", "fold", "depth", "ancestorsOnly", "paramsOnly"] as const;
const VIEW = [...PART, "focus"] as const;
const LOOK = ["look", "theme", "direction", "legend"] as const;
const NETWORK = ["title", "legend", "theme"] as const;
const PAGE = ["title", "direction", "quiz", "force", "timeout"] as const;

export function subjectOfRoot(root: Root): Subject {
  if (root.kind === "graph") return graphSubject(root.roots);
  if (root.kind === "network") return networkSubject(root.network);
  return {
    kind: "a compiled function",
    dot: { options: [], make: () => root.kernel.dot() },
    usual: "svg",
  };
}

/** DOT, or a graph as JSON. */
export function subjectOfText({ shown, text }: SourceText): Subject {
  if (text.trimStart().startsWith("{")) return viewSubject(viewFromJson(text, shown));
  return { kind: "DOT", dot: { options: [], make: () => text }, usual: "svg" };
}

function graphSubject(roots: readonly Value[]): Subject {
  const shown = (settings: Settings) => ({
    ...pick(settings, PART),
    ...(settings.focus !== undefined && {
      focus: labelled("--focus", topologicalOrder(roots), settings.focus),
    }),
  });
  return {
    kind: "a graph",
    dot: {
      options: [...VIEW, ...LOOK],
      make: (settings) => toDot(roots, { ...shown(settings), ...pick(settings, LOOK) }),
    },
    text: { options: VIEW, make: (settings) => toText(roots, shown(settings)) },
    json: { options: VIEW, make: (settings) => toJson(roots, shown(settings)) },
    html: {
      options: PAGE,
      make: (settings) => toHtml(roots as readonly [Value], pick(settings, PAGE)),
    },
    usual: "text",
  };
}

function viewSubject(view: View): Subject {
  const shown = (settings: Settings, unlessTold: "none" | "auto") => {
    const focus =
      settings.focus === undefined ? undefined : labelled("--focus", view.nodes, settings.focus).id;
    return partOf("viewOf", view, { ...pick(settings, PART), focus }, unlessTold);
  };
  return {
    kind: "a graph as JSON",
    dot: {
      options: [...VIEW, ...LOOK],
      make: (settings) => viewToDot(shown(settings, "auto"), pick(settings, LOOK)),
    },
    text: { options: VIEW, make: (settings) => viewToText(shown(settings, "none")) },
    json: { options: VIEW, make: (settings) => viewToJson(shown(settings, "none")) },
    usual: "text",
  };
}

function networkSubject(network: NetworkLike): Subject {
  return {
    kind: "a network",
    dot: { options: NETWORK, make: (settings) => networkToDot(network, pick(settings, NETWORK)) },
    usual: "svg",
  };
}
