// The demo of micrograd from loading to the decision boundary; prints the milliseconds and the accuracy.
import { noGrad } from "@chainrule/core";
import { accuracy, fit } from "@chainrule/nn";
import { data, grid, moonsModel, moonsOptions } from "../../training/moonsDemo.ts";
import { report } from "../../training/report.ts";

const model = moonsModel();
await fit(model, data, moonsOptions());
const boundary = noGrad(() => grid.map((point) => model(point)[0].data > 0));
report(accuracy(model, data), boundary);
