namespace Orleans.Generator;

/// <summary>
/// What one type of the compilation gives: a line of the manifest, a class, and what is wrong. Compares by value, so that a change elsewhere costs nothing.
/// </summary>
internal sealed class Output : IEquatable<Output>
{
    public Output(string name, string manifestLine, string source, IReadOnlyList<Finding> findings)
    {
        Name = name;
        ManifestLine = manifestLine;
        Source = source;
        Findings = findings;
    }

    public string Name { get; }

    public string ManifestLine { get; }

    public string Source { get; }

    public IReadOnlyList<Finding> Findings { get; }

    public bool Equals(Output? other) =>
        other is not null && Name == other.Name && ManifestLine == other.ManifestLine && Source == other.Source && Findings.SequenceEqual(other.Findings);

    public override bool Equals(object? obj) => Equals(obj as Output);

    public override int GetHashCode() => Name.GetHashCode();
}
