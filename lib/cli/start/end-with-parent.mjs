// Loaded into the web server: when its parent is killed without a word, nobody would end it.
process.on('disconnect', () => process.exit(1))
// an open channel alone must not keep a server alive that has nothing left to do
process.channel?.unref()
