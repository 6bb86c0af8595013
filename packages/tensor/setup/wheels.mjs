/**
 * @typedef {object} Wheel a Python wheel that is taken apart for its libraries; no Python is needed to use them
 * @property {string} project its name in the index
 * @property {string} version
 * @property {string} file its exact file name
 * @property {string} sha256 of the file, in hex
 * @property {number} [bytes] the file's size, where it is known
 * @property {(member: string) => string | undefined} takes where a member goes in the engine's folder, if it is wanted
 *
 * @typedef {object} Engine
 * @property {string} name with the version, the folder in the cache
 * @property {string} version what TF_Version must say
 * @property {string} package the npm package that it serves
 * @property {"cpu" | "gpu"} kind the npm package's own word for it
 * @property {number} download megabytes to fetch
 * @property {number} disk megabytes that setting up needs at its peak
 * @property {Wheel[]} wheels
 */

/** The platforms that pip is asked for; the wheels run with glibc 2.17 or newer. */
export const platforms = ["manylinux_2_17_x86_64", "manylinux2014_x86_64"];

/** What the addon's compilation includes (`g++ -MM`); the wheel's other 8,300 headers are left. */
const headers = [
  "tensorflow/c/c_api.h",
  "tensorflow/c/c_api_macros.h",
  "tensorflow/c/eager/c_api.h",
  "tensorflow/c/tf_attrtype.h",
  "tensorflow/c/tf_buffer.h",
  "tensorflow/c/tf_datatype.h",
  "tensorflow/c/tf_status.h",
  "tensorflow/c/tf_tensor.h",
  "tensorflow/c/tf_tstring.h",
  "tensorflow/core/platform/ctstring.h",
  "tensorflow/core/platform/ctstring_internal.h",
  "tsl/platform/ctstring.h",
  "tsl/platform/ctstring_internal.h",
  "xla/tsl/c/tsl_status.h",
];

const tensorflowFiles = new Map([
  ["tensorflow/libtensorflow_cc.so.2", "lib/libtensorflow_cc.so.2"],
  ["tensorflow/libtensorflow_framework.so.2", "lib/libtensorflow_framework.so.2"],
  ...headers.map((header) => /** @type {[string, string]} */ ([`tensorflow/include/${header}`, `include/${header}`])),
]);

/**
 * The engines that can be set up: TensorFlow 2.18.0 for one processor, and for NVIDIA GPUs (CUDA 12.5, cuDNN 9.3).
 * File names and sha256 are the public Python index's, read in November 2026; the NVIDIA wheels are those that
 * tensorflow 2.18.0 lists under `and-cuda`. The GPU list is UNTESTED on a GPU.
 *
 * @type {{ cpu: Engine, gpu: Engine }}
 */
export const engines = {
  cpu: {
    name: "tensorflow-cpu",
    version: "2.18.0",
    package: "@tensorflow/tfjs-node",
    kind: "cpu",
    download: 231,
    disk: 1000,
    wheels: [
      tensorflow("tensorflow-cpu", "089e71746960ea581dca53401f84b3b99c8537313e337a9e5dbf97036a936f7e", 230_152_077),
    ],
  },
  gpu: {
    name: "tensorflow-gpu",
    version: "2.18.0",
    package: "@tensorflow/tfjs-node-gpu",
    kind: "gpu",
    download: 2500, // an estimate, as the next line: only the list was read
    disk: 9000,
    wheels: [
      tensorflow("tensorflow", "70b8dd70fa3600bfce66ab529eebb804e1f9d7c863d2f71bc8fe9fc7a1ec3976"),
      nvidia("cublas", "12.5.3.2", "ca070ad70e9fa6654084575d01bd001f30cc4665e33d4bb9fc8e0f321caa034b"),
      nvidia("cuda-cupti", "12.5.82", "bde77a5feb66752ec61db2adfe47f56b941842825b4c7e2068aff27c9d107953"),
      nvidia("cuda-nvcc", "12.5.82", "b03e545b8e8c3ce7ebcd7fc44063180ff52ff01d064ece2127ed90a04ef12cd0"),
      nvidia("cuda-nvrtc", "12.5.82", "3dbd97b0104b4bfbc3c4f8c79cd2496307c89c43c29a9f83125f1d76296ff3fd"),
      nvidia("cuda-runtime", "12.5.82", "3e79a060e126df40fd3a068f3f787eb000fa51b251ec6cd97d09579632687115"),
      nvidia("cudnn", "9.3.0.75", "9ad9c6929ebb5295eb4a1728024666d1c88283373e265a0c5c883e6f9d5cd76d"),
      nvidia("cufft", "11.2.3.61", "9a6e8df162585750f61983a638104a48c756aa13f9f48e19ab079b38e3c828b8"),
      nvidia("curand", "10.3.6.82", "2823fb27de4e44dbb22394a6adf53aa6e1b013aca0f8c22867d1cfae58405536"),
      nvidia("cusolver", "11.6.3.83", "93cfafacde4428b71778eeb092ec615a02a3d05404da1bcf91c53e3fa1bce42b"),
      nvidia("cusparse", "12.5.1.3", "016df8e993c437e8301e62739f01775cba988fd5253cd4c64173f8e8d2f8e752"),
      nvidia("nccl", "2.21.5", "8579076d30a8c24988834445f8d633c697d42397e92ffc3f63fa26766d25e0a0"),
      nvidia("nvjitlink", "12.5.82", "f9b37bc5c8cf7509665cb6ada5aaa0ce65618f2332b7d3e78e9790511f111212"),
    ],
  },
};

/** @param {string} project @param {string} sha256 @param {number} [bytes] @returns {Wheel} */
function tensorflow(project, sha256, bytes) {
  const version = "2.18.0";
  const file = `${project.replaceAll("-", "_")}-${version}-cp311-cp311-${platforms.join(".")}.whl`;
  return { project, version, file, sha256, bytes, takes: (member) => tensorflowFiles.get(member) };
}

/** @param {string} part @param {string} version @param {string} sha256 @returns {Wheel} */
function nvidia(part, version, sha256) {
  const project = `nvidia-${part}-cu12`;
  const file = `${project.replaceAll("-", "_")}-${version}-py3-none-manylinux2014_x86_64.whl`;
  return { project, version, file, sha256, takes: nvidiaFile };
}

/** Libraries, and what compiles a kernel at run time (ptxas, libdevice). @param {string} member */
function nvidiaFile(member) {
  const wanted = /^nvidia\/[a-z0-9_]+\/(lib\/[^/]+\.so[^/]*|bin\/ptxas|nvvm\/libdevice\/[^/]+\.bc)$/;
  return wanted.test(member) ? member : undefined;
}
