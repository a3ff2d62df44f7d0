/**
 * Solves A x = b for a symmetric positive definite A (Cholesky). Throws RangeError when A is not one.
 * Neither argument is changed.
 */
export function solveSymmetric(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const size = right.length;
  const lower: number[][] = [];
  for (let row = 0; row < size; row += 1) {
    const line: number[] = [];
    for (let column = 0; column <= row; column += 1) {
      const other = column === row ? line : (lower[column] as number[]);
      let sum = matrix[row]?.[column] ?? 0;
      for (let index = 0; index < column; index += 1) sum -= (line[index] as number) * (other[index] as number);
      if (column < row) line.push(sum / (other[column] as number));
      else if (sum > 0) line.push(Math.sqrt(sum));
      else throw new RangeError('the matrix is not positive definite');
    }
    lower.push(line);
  }
  const middle: number[] = [];
  for (let row = 0; row < size; row += 1) {
    const line = lower[row] as number[];
    let sum = right[row] as number;
    for (let index = 0; index < row; index += 1) sum -= (line[index] as number) * (middle[index] as number);
    middle.push(sum / (line[row] as number));
  }
  const solution = Array.from({ length: size }, () => 0);
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = middle[row] as number;
    for (let index = row + 1; index < size; index += 1)
      sum -= ((lower[index] as number[])[row] as number) * (solution[index] as number);
    solution[row] = sum / ((lower[row] as number[])[row] as number);
  }
  return solution;
}
