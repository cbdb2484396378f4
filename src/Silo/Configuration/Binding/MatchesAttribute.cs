using System.Diagnostics.CodeAnalysis;

namespace Granary.Silo.Configuration.Binding;

/// <summary>The form of a text option.</summary>
/// <param name="pattern">Regular expression that the whole text must match.</param>
/// <param name="words">The same in words, for messages and documents.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MatchesAttribute([StringSyntax(StringSyntaxAttribute.Regex)] string pattern, string words) : Attribute
{
    /// <summary>Regular expression that the whole text must match.</summary>
    public string Pattern { get; } = pattern;

    /// <summary>The same in words.</summary>
    public string Words { get; } = words;
}
