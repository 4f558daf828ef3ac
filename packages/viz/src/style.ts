/** The one list of fonts in all pictures. */
export const FONT = "Helvetica,Arial,DejaVu Sans,sans-serif";

/** The one set of colours; gradients have their own in flowScale.ts. */
export const INK = "#1f2328";
export const MUTED = "#57606a";
export const NEUTRAL = "#8c959f";
export const ZERO = "#a0a8b2";
export const ALERT = "#cf222e";
export const PANEL = "#f6f8fa";
