namespace Orleans.Embedded.CodeGeneration;

/// <summary>Describes an assembly's grain interfaces, grains and serializable types; generated.</summary>
public interface IGrainManifest
{
    /// <summary>Names them all.</summary>
    /// <param name="builder">Takes them.</param>
    void Describe(ManifestBuilder builder);
}
