namespace Granary.Orleans.Embedded.Tests.Surface;

/// <summary>What of a type can be seen from outside.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Header">Kind, modifiers, base type and use as an attribute.</param>
/// <param name="Interfaces">What it implements.</param>
/// <param name="Members">Methods, accessors, constructors and fields with their signatures.</param>
internal sealed record TypeSurface(string Name, string Header, IReadOnlySet<string> Interfaces, IReadOnlySet<string> Members);
