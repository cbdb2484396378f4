namespace Granary.Client.Conformance;

/// <summary>Tables that belong together: from one input, or of one kind. A new family is one file and one line in <see cref="ConformanceCatalog"/>.</summary>
public interface IConformanceFamily
{
    /// <summary>What the family is called where its tables' names cannot be told.</summary>
    string Name { get; }

    /// <summary>Its tables. Nothing is computed before a table is written; what the tables share is computed once.</summary>
    /// <exception cref="ConformanceException">The tables' names depend on a parameter that cannot be used.</exception>
    IEnumerable<ConformanceTable> Tables();
}
