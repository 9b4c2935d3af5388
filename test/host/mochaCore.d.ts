// mocha's main module is an ES module, and what `require` makes of one differs between Node 22 and 24.
// The file behind it is the same for both.
declare module 'mocha/lib/mocha.cjs' {
  export = Mocha;
}
