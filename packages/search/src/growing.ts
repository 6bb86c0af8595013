/** Whole numbers appended one by one to an array of 32 bits each that doubles. */
export class Growing {
  #numbers = new Int32Array(1024);
  #length = 0;

  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Int32Array(2 * this.#length);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length++] = number;
  }

  get numbers(): Int32Array {
    return this.#numbers.subarray(0, this.#length);
  }
}
