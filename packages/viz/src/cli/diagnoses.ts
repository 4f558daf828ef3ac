import type { Scalar, Value } from "@chainrule/core";
import { Option } from "commander";
import { diffGraphs, snapshotOf } from "../diagnosis/diffGraphs.ts";
import { findNonFinite } from "../diagnosis/findNonFinite.ts";
import type { FlowData, FlowModel } from "../diagnosis/flow/flowModel.ts";
import { flowReport, flowThresholds } from "../diagnosis/flow/flowReport.ts";
import { gradCheckPicture } from "../diagnosis/gradCheckPicture.ts";
import { gradientPaths } from "../diagnosis/gradientPaths.ts";
import { staleGradients } from "../diagnosis/staleGradients.ts";
import type { Graph } from "../graph/graph.ts";
import { chooseExport, valueOfExport } from "./chooseExport.ts";
import { endingOf } from "./formats.ts";
import { graphFromJson } from "./graphJson.ts";
import { loadModule } from "./loadModule.ts";
import { namedExport } from "./namedExport.ts";
import { assignment, exportOption, numberFrom, type Settings } from "./options.ts";
import { pick } from "./pick.ts";
import { readTextFile } from "./readText.ts";

/** What a diagnosis gives: a report, and whether there is nothing to find fault with. */
export interface Finding {
  readonly report: { readonly text: string; readonly dot: string };
  readonly isHealthy: boolean;
}

/** A command that finds faults. */
export interface Diagnosis {
  readonly name: string;
  readonly summary: string;
  /** The names of its files, and what they are. */
  readonly files: Readonly<Record<string, string>>;
  readonly options: () => Option[];
  readonly run: (files: readonly string[], settings: Settings) => Promise<Finding>;
}

const rootFile = { module: "a module that exports the loss, or a function that builds it" };

/** A row for each command. */
export const diagnoses: readonly Diagnosis[] = [
  {
    name: "nan",
    summary: "where NaN and ±∞ come from, forward and backward",
    files: rootFile,
    options: () => [exportOption()],
    async run([file], settings) {
      const module = await loadModule(file!);
      const { given, isFunction } = chooseExport(module, settings.export);
      const report = isFunction
        ? await module.run(() => findNonFinite(given as () => Value))
        : findNonFinite(await valueOfExport(module, settings.export));
      return { report, isHealthy: report.isHealthy };
    },
  },
  {
    name: "paths",
    summary: "which paths a gradient comes by, and where it vanishes",
    files: rootFile,
    options: () => [
      new Option("--parameter <label>", "whose gradient").makeOptionMandatory(),
      new Option("--top <paths>", "how many to list; 5 unless told").argParser(
        numberFrom(1, 1000, "a whole number"),
      ),
      exportOption(),
    ],
    async run([file], settings) {
      const root = await valueOfExport(await loadModule(file!), settings.export);
      const report = gradientPaths(root, settings.parameter!, pick(settings, ["top"]));
      return { report, isHealthy: report.isFlowing };
    },
  },
  {
    name: "check",
    summary: "the gradient against central differences, and which rule is wrong",
    files: { module: "a module that exports a function f and a point x" },
    options: () => [
      new Option("--export <name>", "the function; f unless told"),
      new Option("--point <name>", "the export with the point; x unless told"),
      new Option("--mode <mode>", "input by input, or three directions").choices(["full", "fast"]),
      new Option("--tolerance <error>", "largest relative error; 1e-6 unless told").argParser(
        numberFrom(0, 1),
      ),
    ],
    async run([file], settings) {
      const module = await loadModule(file!);
      const f = namedExport(module, settings.export ?? "f", "export", "function") as (x: unknown) => Scalar;
      const x = namedExport(module, settings.point ?? "x", "point");
      const options = pick(settings, ["mode", "tolerance"]);
      const report = await module.run(() => gradCheckPicture(f, x as never, options));
      return { report, isHealthy: report.passed };
    },
  },
  {
    name: "flow",
    summary: "how the gradient flows through the layers of a network",
    files: { module: "a module that exports model, data and loss" },
    options: () => [
      new Option("--export <name>", "the network; model unless told"),
      new Option("--learning-rate <rate>", "of plain descent, for the update ratio").argParser(
        numberFrom(Number.MIN_VALUE, 1e6),
      ),
      new Option("--threshold <name=number>", "a bound beyond which to find fault; once for each").argParser(
        assignment(Object.keys(flowThresholds)),
      ),
    ],
    async run([file], settings) {
      const module = await loadModule(file!);
      const model = namedExport(module, settings.export ?? "model", "export") as FlowModel;
      const data = namedExport(module, "data") as FlowData<unknown>;
      const loss = namedExport(module, "loss", undefined, "function") as (
        outputs: [Value, ...Value[]],
        target: unknown,
      ) => Scalar;
      const exported = module.exports as { readonly learningRate?: number };
      const { threshold } = settings;
      const options = {
        loss,
        ...pick({ ...exported, ...settings }, ["learningRate"]),
        ...(threshold !== undefined && { thresholds: threshold }),
      };
      const report = await module.run(() => flowReport(model, data, options));
      return { report, isHealthy: report.isHealthy };
    },
  },
  {
    name: "diff",
    summary: "what changed from one step to another",
    files: { before: "JSON by --json, or a module", after: "the same, one step later" },
    options: () => [new Option("--export <name>", "which export, of modules")],
    async run(files, settings) {
      const graphs: Graph[] = [];
      for (const file of files) graphs.push(await graphIn(file, settings.export));
      const report = diffGraphs(graphs[0]!, graphs[1]!);
      return { report, isHealthy: report.isUnchanged };
    },
  },
  {
    name: "stale",
    summary: "which gradients are left over, or summed over several backward()",
    files: rootFile,
    options: () => [exportOption()],
    async run([file], settings) {
      const report = staleGradients(await valueOfExport(await loadModule(file!), settings.export));
      return { report, isHealthy: report.isFresh };
    },
  },
];

async function graphIn(file: string, name: string | undefined): Promise<Graph> {
  if (endingOf(file) === ".json") return graphFromJson(readTextFile(file).text, file);
  return snapshotOf(await valueOfExport(await loadModule(file), name));
}
