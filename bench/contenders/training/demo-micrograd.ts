// The demo of micrograd by its own engine, from loading to the decision boundary; prints the milliseconds and the accuracy.
import { examples, labels, scalarNetwork, scalarStep } from "../../problem.ts";
import { grid, rateAt, STEPS } from "../../training/moonsDemo.ts";
import { report } from "../../training/report.ts";
import { micrograd } from "../micrograd-ts.ts";

const network = scalarNetwork(micrograd);
const step = scalarStep(micrograd, network, rateAt);
for (let i = 0; i < STEPS; i++) step();
const boundary = grid.map((point) => network.output(point).data > 0);
const right = examples.filter((example, i) => network.output(example).data > 0 === labels[i]! > 0);
report(right.length / examples.length, boundary);
