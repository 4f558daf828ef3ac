// The page is bundled from sources: it takes the look of the pictures from where that is declared, so that both stay one.
export { type FlowScale, flowScale } from "../../../packages/viz/src/flowScale.ts";
export { formatNumber } from "../../../packages/viz/src/formatNumber.ts";
export { palettes } from "../../../packages/viz/src/palette.ts";
export { regionColor, type Theme, themes } from "../../../packages/viz/src/plots/theme.ts";
export { byId, element, setText, svgElement } from "../../../packages/viz/src/stepper/page/elements.ts";
