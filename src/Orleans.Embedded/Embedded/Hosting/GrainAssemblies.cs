using System.Reflection;
using System.Runtime.Loader;
using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Hosting;

/// <summary>
/// The assemblies whose grains a silo has: those named, or else the program's own, everything it references and everything in the default load context, as far
/// as they have a generated manifest.
/// </summary>
internal sealed class GrainAssemblies(params Assembly[] named)
{
    public ManifestBuilder Build()
    {
        var found = new SortedDictionary<string, Assembly>(StringComparer.Ordinal);
        foreach (var root in named.Length > 0 ? named : Roots()) Add(root, found);
        var builder = new ManifestBuilder();
        foreach (var assembly in found.Values) builder.AddAssembly(assembly);
        return builder;
    }

    private static IEnumerable<Assembly> Roots()
    {
        var loaded = AssemblyLoadContext.Default.Assemblies.Where(assembly => !assembly.IsDynamic);
        return Assembly.GetEntryAssembly() is { } entry ? loaded.Prepend(entry) : loaded;
    }

    /// <summary>A reference need not be there at run time: some are for the compiler only.</summary>
    private static Assembly? TryLoad(Assembly assembly, AssemblyName reference)
    {
        try
        {
            return AssemblyLoadContext.GetLoadContext(assembly)!.LoadFromAssemblyName(reference);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Only assemblies that reference this one can have grains, and what they reference may have more.</summary>
    private static void Add(Assembly assembly, SortedDictionary<string, Assembly> found)
    {
        var own = typeof(GrainAssemblies).Assembly.GetName().Name;
        var references = assembly.GetReferencedAssemblies();
        if (!references.Any(reference => reference.Name == own) || !found.TryAdd(assembly.FullName!, assembly)) return;
        foreach (var reference in references)
        {
            if (reference.Name == own || reference.Name!.StartsWith("System.", StringComparison.Ordinal) || reference.Name.StartsWith("Microsoft.", StringComparison.Ordinal)) continue;
            if (TryLoad(assembly, reference) is { } loaded) Add(loaded, found);
        }
    }
}
