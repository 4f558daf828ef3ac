// The peers ship no types.
declare module "adnn/ad/index.js";
declare module "ad.js";
