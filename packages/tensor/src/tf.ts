/** TensorFlow.js's operations as functions: the same module for every package, whatever engine computes them. */
export * as tf from "@tensorflow/tfjs-core";
