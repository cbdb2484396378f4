using System.Runtime.CompilerServices;

// Only the risk gate mints Approved<T>. The message assembly may rebuild one that a gate minted in another process; nothing else sees the constructor.
[assembly: InternalsVisibleTo("Granary.Grains.Interfaces")]
[assembly: InternalsVisibleTo("Granary.Engine.Tests")]
