/** ln 2 in two parts: multiples of the first, by integers of 11 bits, are exact. */
export const LN2_HIGH = 0.6931471803691238;
export const LN2_LOW = 1.9082149292705877e-10;
