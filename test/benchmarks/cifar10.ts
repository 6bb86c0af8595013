/** CIFAR-10 as JPEG pictures, a folder per class under train and test: its path inside the folder of data sets. */
export const cifar10 = "cifar10/cifar10-jpg-q92.tar.gz";
