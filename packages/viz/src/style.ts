/** The one list of fonts in all pictures. */
export const FONT = "Helvetica,Arial,DejaVu Sans,sans-serif";
