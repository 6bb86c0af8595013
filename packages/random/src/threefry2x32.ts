/**
 * Threefry-2x32 with 20 rounds: a counter-based generator, `(key, counter) -> two words`, stateless and the same on every machine.
 *
 * All four arguments and the two results are 32-bit words; results are unsigned.
 * Source: Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", section 4.2.
 */
export function threefry2x32(key0: number, key1: number, counter0: number, counter1: number): [number, number] {
  const keys = [key0, key1, key0 ^ key1 ^ PARITY] as const;
  let x0 = (counter0 + key0) | 0;
  let x1 = (counter1 + key1) | 0;
  for (let block = 0; block < 5; block++) {
    const [a, b, c, d] = block % 2 === 0 ? EVEN : ODD;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << a) | (x1 >>> (32 - a))) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << b) | (x1 >>> (32 - b))) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << c) | (x1 >>> (32 - c))) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << d) | (x1 >>> (32 - d))) ^ x0;
    x0 = (x0 + keys[(block + 1) % 3]!) | 0;
    x1 = (x1 + keys[(block + 2) % 3]! + block + 1) | 0;
  }
  return [x0 >>> 0, x1 >>> 0];
}

const PARITY = 0x1bd11bda; // Skein's key-schedule constant, as published
const EVEN = [13, 15, 26, 6] as const;
const ODD = [17, 29, 16, 24] as const;
