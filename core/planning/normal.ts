const SQRT_2PI = Math.sqrt(2 * Math.PI);
/** Beyond this the continued fraction of the tail is exact to the last digit and the series is not. */
const TAIL_FROM = 6;

/** The density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / SQRT_2PI;
}

/** The distribution function of the standard normal, to about 15 digits of the value itself (Marsaglia 2004; tail: Laplace). */
export function normalDistribution(x: number): number {
  if (x > TAIL_FROM) return 1 - upperTail(x);
  if (x < -TAIL_FROM) return upperTail(-x);
  let term = x;
  let sum = x;
  for (let odd = 3; Math.abs(term) > Math.abs(sum) * 1e-17 && odd < 400; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
}

function upperTail(x: number): number {
  let fraction = x;
  for (let depth = 200; depth >= 1; depth -= 1) fraction = x + depth / fraction;
  return normalDensity(x) / fraction;
}

/** A lognormal by its mean and its standard deviation over the mean: the parameters of its logarithm. */
export function lognormalParameters(mean: number, spread: number): { mu: number; sigma: number } {
  const variance = Math.log(1 + spread * spread);
  return { mu: Math.log(mean) - variance / 2, sigma: Math.sqrt(variance) };
}
