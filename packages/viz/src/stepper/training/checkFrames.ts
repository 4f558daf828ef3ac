import { describe } from "../../check.ts";
import { checkSnapshot } from "../../diagnosis/checkSnapshot.ts";
import type { Graph } from "../../graph/graph.ts";

/**
 * @throws TypeError if frames are not snapshots
 * @throws RangeError if there is none, or they are not of one expression with one root
 */
export function checkFrames(frames: readonly Graph[]): void {
  if (!Array.isArray(frames)) {
    throw new TypeError(`trainingHtml: frames must be an array of snapshots, got ${describe(frames)}.`);
  }
  if (frames.length === 0) {
    throw new RangeError(
      "trainingHtml: there is no frame. In each step of the training call frames.push(snapshotOf(loss)).",
    );
  }
  const wired = frames.map((frame: unknown, i) => {
    checkSnapshot("trainingHtml", `frames[${i}]`, frame);
    const { nodes, edges, roots } = frame;
    if (roots.length !== 1) {
      throw new RangeError(
        `trainingHtml: frames[${i}] has ${roots.length} roots. Take the snapshot of one, the loss.`,
      );
    }
    const kinds = nodes.map(({ op, kind }) => op ?? kind);
    return JSON.stringify([kinds, edges.map(({ from, to, slot }) => [from, to, slot])]);
  });
  const other = wired.findIndex((one) => one !== wired[0]);
  if (other > 0) {
    throw new RangeError(
      `trainingHtml: frames[${other}] is not of the same expression as frames[0]. Build the same graph in each step: ` +
        "with as many examples and the same operations.",
    );
  }
}
