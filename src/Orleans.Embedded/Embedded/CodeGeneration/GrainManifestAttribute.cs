namespace Orleans.Embedded.CodeGeneration;

/// <summary>Names the generated class that describes an assembly's grain interfaces, grains and serializable types.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GrainManifestAttribute : Attribute
{
    /// <summary>Creates the attribute.</summary>
    /// <param name="manifestType">A class that implements <see cref="IGrainManifest"/> and has a constructor without parameters.</param>
    public GrainManifestAttribute(Type manifestType) => ManifestType = manifestType;

    /// <summary>The class.</summary>
    public Type ManifestType { get; }
}
