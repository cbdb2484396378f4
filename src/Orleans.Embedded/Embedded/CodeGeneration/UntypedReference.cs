using Orleans.Runtime;

namespace Orleans.Embedded.CodeGeneration;

/// <summary>A reference without methods, to be cast to an interface.</summary>
internal sealed class UntypedReference(ReferenceShared shared, IdSpan key) : GrainReference(shared, key);
